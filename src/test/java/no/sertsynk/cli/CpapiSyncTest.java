package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxRest;
import no.sertsynk.sandbox.SandboxRestFault;
import no.sertsynk.sandbox.SandboxRestFault.ExpiredToken;
import no.sertsynk.sandbox.SandboxRestFault.Garbage;
import no.sertsynk.sandbox.SandboxRestFault.Status;
import no.sertsynk.sandbox.SandboxRestFault.Truncated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program over the REST interface; token service, API and directory are real servers on loopback. */
class CpapiSyncTest {
    private static final HerId ONE = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Instant begun = Clock.systemUTC().instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private SandboxRest rest;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        rest = program.sandbox.startRest();
        renew(begun);
        program.sandbox.configure(List.of(ONE));
        program.reconfigure("source: soap", "source: cpapi");
        program.sandbox.register().close();
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private Pair renew(Instant from) throws Exception {
        Pair pair = program.sandbox.publishPair("En", NUMBER, from);
        program.sandbox.register(ONE, "En", NUMBER, pair.encryption(), pair.signature());
        return pair;
    }

    private Set<String> aliases() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
            store.load(in, "sandkasse".toCharArray());
        }
        return new TreeSet<>(Collections.list(store.aliases()));
    }

    @Test
    void simplifiedModel_installsWhatTheRegisterHasFound() throws Exception {
        program.sandbox.directory().close();

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();

        assertThat(aliases()).containsExactly("her-1001-encryption", "her-1001-signature");
        assertThat(program.results()).doesNotContain("LDAP_STRING_MISSING");
        renew(begun.plus(Duration.ofDays(20)));
        assertThat(program.run("sync")).as(program.out()).isZero();
        assertThat(aliases()).hasSize(4);
    }

    @Test
    void legacyModel_asksTheDirectory() throws Exception {
        program.reconfigure("jwkFile: client.jwk", "jwkFile: client.jwk, model: legacy");

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();

        assertThat(aliases()).containsExactly("her-1001-encryption", "her-1001-signature");
        assertThat(program.results()).contains("\"ldapStrings\":[\"ldap://");
        assertThat(rest.calls()).isEqualTo(1);
    }

    @Test
    void wrongAnswers_changeNothing() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        Set<String> before = aliases();
        renew(begun.plus(Duration.ofDays(20)));
        for (SandboxRestFault fault :
                List.of(new Status(500, Optional.empty()), new Truncated(), new Garbage(), new ExpiredToken())) {
            rest.fail(fault);
            assertThat(program.run("sync", "--json")).as(fault + program.out()).isEqualTo(3);
            assertThat(program.results()).contains("REGISTER_UNAVAILABLE").doesNotContain("eyJ");
            assertThat(aliases()).as(fault.toString()).isEqualTo(before);
        }
        rest.recover();

        assertThat(program.run("sync")).as(program.out()).isZero();
        assertThat(aliases()).hasSize(4);
    }

    @Test
    void wrongClient_isToldInOneRun() throws Exception {
        program.reconfigure("clientId: sandkasse-klient", "clientId: noen-andre");

        assertThat(program.run("sync")).isEqualTo(3);

        assertThat(program.out()).contains("invalid_client for the client noen-andre");
        assertThat(rest.refused()).isEqualTo(1);
    }

    @Test
    void restIsDown_theOldServiceIsAskedInstead() throws Exception {
        program.close();
        folder = Files.createDirectory(folder.resolve("both"));
        program = new ProgramFixture(folder, Clock.systemUTC());
        rest = program.sandbox.startRest();
        renew(begun);
        program.sandbox.useSource("[cpapi, soap]");
        program.sandbox.configure(List.of(ONE));
        rest.fail(new Status(500, Optional.empty()));

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();

        assertThat(aliases()).containsExactly("her-1001-encryption", "her-1001-signature");
        assertThat(program.results()).contains("asked soap instead");
        rest.recover();
        assertThat(program.run("sync", "--json")).as(program.out()).isZero();
        assertThat(program.results()).doesNotContain("asked soap instead").contains("\"outcome\":\"unchanged\"");
        program.sandbox.register().close();
        assertThat(program.run("sync", "--json")).as(program.out()).isZero();
    }
}
