package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that switches its old certificates off in two hours, from the first sync to the day after. */
class CutOverEndToEndTest {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    @Test
    void oldCertificates_areMissedKeptAndRemovedInTime(@TempDir Path folder) throws Exception {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        Instant off = now.plus(Duration.ofHours(2));
        try (ProgramFixture program = new ProgramFixture(folder, Clock.systemUTC())) {
            program.sandbox.configure(List.of(PARTY));
            program.reconfigure("state: state\n", """
                state: state
                rollover: {keepPrevious: 0s}
                services:
                  - name: portal
                    kind: messages
                    parties: [1001]
                    milestones: {published: "%s", oldOff: "%s"}
                """.formatted(now.minus(Duration.ofDays(10)), off));
            Pair old = program.sandbox.publishPair("God", NUMBER, now.minus(Duration.ofDays(400)));
            program.sandbox.register(PARTY, "God", NUMBER, old.encryption(), old.signature());

            assertThat(program.run("sync")).as(program.out()).isEqualTo(1);
            assertThat(program.out())
                    .contains(
                            "expected a new encryption certificate before the service portal switches the old one off");
            assertThat(program.run("status", "--json")).isZero();
            JsonTree status = JsonTree.read(program.results());
            assertThat(status.text("/services/0/name")).isEqualTo("portal");
            assertThat(status.at("/services/0/ready")).isEqualTo(false);
            assertThat(status.text("/milestones/1/name")).isEqualTo("portal oldOff");
            assertThat(status.text("/milestones/1/at")).isEqualTo(off.toString());
            assertThat(program.results()).contains("{\"code\":\"ENTRY_NOT_FOUND\",\"severity\":\"error\"");
            assertThat(program.run("status")).isZero();
            assertThat(program.out()).contains("days left: 0, new ones are not installed everywhere");

            // The register drops the old ones at once, and keepPrevious is nothing.
            Pair fresh = program.sandbox.publishPair("God", NUMBER, now.minus(Duration.ofDays(1)));
            program.sandbox.register(PARTY, "God", NUMBER, fresh.encryption(), fresh.signature());
            assertThat(program.run("sync", "--json")).as(program.out()).isZero();
            assertThat(program.run("sync")).as(program.out()).isZero();
            assertThat(program.run("status", "--json")).isZero();
            status = JsonTree.read(program.results());
            assertThat(status.at("/services/0/ready")).isEqualTo(true);
            assertThat(status.list("/parties/0/parallel")).hasSize(1);
            assertThat(status.text("/parties/0/parallel/0/until")).isEqualTo(off.toString());

            // By then the lists of today will have ended long ago.
            String muchLater = now.plus(Duration.ofDays(60)).toString();
            assertThat(program.run("plan", "--at", muchLater, "--exit-code"))
                    .as(program.out())
                    .isEqualTo(10);
            assertThat(program.out()).contains("remove", "switched it off at " + off);
            String later = off.plusSeconds(60).toString();
            assertThat(program.run("plan", "--at", later, "--exit-code"))
                    .as(program.out())
                    .isEqualTo(10);
            assertThat(program.out()).contains("remove", "the service portal has switched it off at " + off);
            assertThat(program.run("sync", "--local", "--at", later))
                    .as(program.out())
                    .isZero();
            assertThat(program.run("status", "--json")).isZero();
            status = JsonTree.read(program.results());
            assertThat(status.list("/parties/0/parallel")).isEmpty();
            assertThat(status.text("/parties/0/current/sha256"))
                    .isEqualTo(fresh.encryption().sha256().hex());
        }
    }
}
