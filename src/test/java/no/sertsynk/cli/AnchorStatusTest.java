package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An anchor's end in the status, after a real run. */
class AnchorStatusTest {
    private static final HerId PARTY = new HerId(1001);

    @Test
    void anchorsEnd_isToldNinetyDaysAheadWithWhatHangsOnIt(@TempDir Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        try (ProgramFixture program = new ProgramFixture(folder, clock)) {
            OrganizationNumber number = new OrganizationNumber("911111111");
            Pair pair =
                    program.sandbox.publishPair("God", number, clock.instant().minus(Duration.ofDays(30)));
            program.sandbox.register(PARTY, "God", number, pair.encryption(), pair.signature());
            program.sandbox.configure(List.of(PARTY));
            assertThat(program.run("sync")).as(program.out()).isZero();
            Instant end = program.sandbox.authority().root().getNotAfter().toInstant();

            assertThat(program.run("status", "--json")).isZero();
            assertThat(program.out())
                    .contains("\"expiring\":false,\"certificates\":[]")
                    .doesNotContain("EXPIRED");

            assertThat(program.runAt(at(end.minus(Duration.ofDays(89))), "status", "--json"))
                    .isZero();
            assertThat(program.out())
                    .contains("\"daysLeft\":89,\"expiring\":true,\"certificates\":[{\"herId\":1001")
                    .contains(
                            pair.encryption().sha256().hex(),
                            pair.signature().sha256().hex())
                    .contains("{\"code\":\"EXPIRED\",\"severity\":\"warning\",\"message\":\"trust anchor ")
                    .contains("2 installed certificates hang on it (HER-id 1001)")
                    .contains("\"message\":\"intermediate authority ");
            assertThat(program.runAt(at(end.minus(Duration.ofDays(89))), "status"))
                    .isZero();
            assertThat(program.out())
                    .contains("trust anchor ends in 89 days: ")
                    .contains("  carries 1001 encryption", "  carries 1001 signature");

            assertThat(program.runAt(at(end.plusSeconds(1)), "status", "--json"))
                    .isZero();
            assertThat(program.out()).contains("\"code\":\"EXPIRED\",\"severity\":\"error\"");
        }
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, java.time.ZoneOffset.UTC);
    }

    @Test
    void trustFolderThatStopsEveryRun_isAnAlert(@TempDir Path folder) throws Exception {
        try (ProgramFixture program = new ProgramFixture(folder, Clock.systemUTC())) {
            program.sandbox.configure(List.of());
            assertThat(program.run("sync")).as(program.out()).isZero();
            Files.setPosixFilePermissions(folder.resolve("trust"), PosixFilePermissions.fromString("rwxrwxrwx"));

            assertThat(program.run("status", "--json")).isZero();
            assertThat(program.out())
                    .contains("\"alerts\":[{\"code\":\"UNTRUSTED\",\"severity\":\"error\"", "chmod go-w");
        }
    }
}
