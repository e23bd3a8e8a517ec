package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the status tells programs beside what is installed, after real runs. */
class StatusJsonTest {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    @Test
    void status_tellsRunsGenerationsAndOutcomes(@TempDir Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        try (ProgramFixture program = new ProgramFixture(folder, clock)) {
            program.sandbox.configure(List.of(PARTY));
            assertThat(program.run("status", "--json")).isZero();
            assertThat(program.results()).contains("\"parties\":[],\"lastSync\":null,\"runs\":[]");

            publish(program, 400);
            assertThat(program.run("sync")).as(program.out()).isZero();
            publish(program, 1);
            assertThat(program.run("sync")).as(program.out()).isZero();
            assertThat(program.run("status", "--json")).isZero();
            String changed = program.results();
            assertThat(program.run("sync")).as(program.out()).isZero();
            assertThat(program.run("status", "--json")).isZero();
            String quiet = program.results();

            // Two keystores: two certificates come in each, and in the second run two others get their end beside them.
            assertThat(changed)
                    .startsWith("{\"at\":\"20")
                    .contains("\"organizationNumber\":\"911111111\",\"outcome\":\"updated\"")
                    .contains("\"problems\":0,\"changes\":8}", "\"problems\":0,\"changes\":4}")
                    .containsPattern(
                            "\"generations\":\\[\\{\"generation\":2,\"at\":\"[^\"]+\",\"actor\":\"[^\"]+\",\"added\":2,"
                                    + "\"removed\":0,\"changed\":2},\\{\"generation\":1,")
                    .contains("\"kept\":[1]")
                    .contains("\"upcoming\":[],\"next\":[{\"what\":\"certificate ", "\"event\":\"leaves\"");
            assertThat(quiet).contains("\"outcome\":\"unchanged\"", "\"problems\":0,\"changes\":0}");

            program.sandbox.register().put(SandboxRegisterParty.organization(PARTY, "God", NUMBER));
            assertThat(program.run("sync")).as(program.out()).isEqualTo(4);
            assertThat(program.run("status", "--json")).isZero();
            assertThat(program.results())
                    .contains("{\"code\":\"LDAP_STRING_MISSING\",\"severity\":\"error\"", "\"about\":\"party\"")
                    .contains("\"stopped\":{\"code\":\"GUARD\"")
                    .contains("\"outcome\":\"rejected\"");
            program.sandbox.register().close();
            assertThat(program.run("sync")).as(program.out()).isEqualTo(3);
            assertThat(program.run("status", "--json")).isZero();
            assertThat(program.results())
                    .contains("\"stopped\":{\"code\":\"REGISTER_UNAVAILABLE\"", "\"about\":\"run\"");
        }
    }

    private static void publish(ProgramFixture program, int daysAgo) throws Exception {
        Pair pair = program.sandbox.publishPair(
                "God", NUMBER, Clock.systemUTC().instant().minus(Duration.ofDays(daysAgo)));
        program.sandbox.register(PARTY, "God", NUMBER, pair.encryption(), pair.signature());
    }
}
