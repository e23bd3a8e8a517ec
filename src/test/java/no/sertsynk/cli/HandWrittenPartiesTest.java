package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with parties out of a file; the directory is a real one on loopback, a register there is none. */
class HandWrittenPartiesTest {
    private static final HerId ONE = new HerId(1001);
    private static final HerId TWO = new HerId(1002);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Instant begun = Clock.systemUTC().instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Pair pair;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        pair = program.sandbox.publishPair("En", NUMBER, begun);
        program.sandbox.configure(List.of(ONE, TWO));
        program.reconfigure("source: soap", "source: file\n  file: {path: parties.yaml}");
        program.sandbox.register().close();
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void write(String parties) throws Exception {
        Files.writeString(folder.resolve("parties.yaml"), parties);
    }

    private String byString(HerId herId, Pair named) {
        return "- {herId: " + herId + ", name: \"Kontor " + herId + "\", organizationNumber: \"" + NUMBER
                + "\", ldapStrings: [\"" + Sandbox.ldapString(named.encryption(), named.signature()) + "\"]}\n";
    }

    private String byFile(HerId herId, String... files) {
        return "- {herId: " + herId + ", name: \"Kontor " + herId + "\", organizationNumber: \"" + NUMBER
                + "\", certificates: [" + String.join(", ", files) + "]}\n";
    }

    private void pem(String name, PartnerCertificate... certificates) throws Exception {
        StringBuilder text = new StringBuilder();
        for (PartnerCertificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.der()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(folder.resolve(name), text);
    }

    private Set<String> aliases() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
            store.load(in, "sandkasse".toCharArray());
        }
        return new TreeSet<>(Collections.list(store.aliases()));
    }

    @Test
    void stringsAndFiles_areBothInstalled() throws Exception {
        Pair other = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun);
        pem("to.pem", other.encryption());
        Files.write(folder.resolve("to.cer"), other.signature().der());
        write(byString(ONE, pair) + byFile(TWO, "to.pem", "to.cer"));

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();

        assertThat(aliases())
                .containsExactly(
                        "her-1001-encryption", "her-1001-signature", "her-1002-encryption", "her-1002-signature");
        assertThat(program.results()).contains("\"name\":\"Kontor 1002\"").doesNotContain("LDAP_STRING_MISSING");
        assertThat(program.run("plan", "--exit-code")).as(program.out()).isZero();
    }

    @Test
    void renewedCertificateBesideTheOld_becomesCurrent() throws Exception {
        Pair old = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun);
        pem("to.pem", old.encryption(), old.signature());
        write(byString(ONE, pair) + byFile(TWO, "to.pem"));
        program.run("sync");
        Pair renewed = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun.plus(Duration.ofDays(20)));
        pem("to.pem", old.encryption(), old.signature(), renewed.encryption(), renewed.signature());

        assertThat(program.run("sync")).as(program.out()).isZero();

        assertThat(aliases())
                .hasSize(6)
                .contains("her-1002-encryption-" + old.encryption().serialHex());
    }

    @Test
    void certificateFileThatIsAway_keepsWhatIsInstalledAndStopsNobodyElse() throws Exception {
        Pair other = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun);
        pem("to.pem", other.encryption(), other.signature());
        write(byFile(TWO, "to.pem"));
        program.run("sync");
        assertThat(aliases()).hasSize(2);
        Files.delete(folder.resolve("to.pem"));
        write(byString(ONE, pair) + byFile(TWO, "to.pem"));

        assertThat(program.run("sync", "--json")).isEqualTo(1);

        assertThat(aliases()).hasSize(4);
        assertThat(program.results())
                .contains("REGISTER_UNAVAILABLE")
                .contains("parties.yaml:2:")
                .contains("\"outcome\":\"undetermined\"");
    }

    @Test
    void fileThatIsNoCertificate_isThePartysOwnTrouble() throws Exception {
        Files.writeString(folder.resolve("to.pem"), "hei\n");
        write(byString(ONE, pair) + byFile(TWO, "to.pem"));

        assertThat(program.run("sync", "--json")).isEqualTo(1);

        assertThat(aliases()).containsExactly("her-1001-encryption", "her-1001-signature");
        assertThat(program.results()).contains("MALFORMED_CERTIFICATE").contains("to.pem");
        assertThat(program.run("config", "check")).isZero();
        assertThat(program.results()).contains("warning: parties.yaml:2:").contains("to.pem");
    }

    @Test
    void mistakesInTheFile_changeNothing() throws Exception {
        write(byString(ONE, pair));
        program.run("sync");
        Set<String> before = aliases();
        write("- {herId: 1001, ldapStrings: [x]}\n- {herId: 10x2, certificate: [x]}\n");

        assertThat(program.run("sync")).isEqualTo(2);

        assertThat(program.out())
                .contains("parties.yaml:2:11: [1].herId: expected a HER-id")
                .contains("parties.yaml:2:17: [1].certificate: unknown key; did you mean 'certificates'?");
        assertThat(aliases()).isEqualTo(before);
        assertThat(program.run("config", "check")).isEqualTo(2);
    }

    @Test
    void partyThatIsNotWritten_isUnknown() throws Exception {
        write(byString(ONE, pair));

        assertThat(program.run("sync", "--json")).isEqualTo(1);

        assertThat(program.results()).contains("PARTY_UNKNOWN").contains("parties.yaml");
    }

    @Test
    void allPartiesOfferCertificatesAlone_isNoEmptyRegister() throws Exception {
        Pair other = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun);
        pem("to.pem", other.encryption(), other.signature());
        program.reconfigure("  - herId: 1001\n", "");
        write(byFile(TWO, "to.pem"));

        assertThat(program.run("sync")).as(program.out()).isZero();
        assertThat(program.run("sync")).as(program.out()).isZero();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void daemon_installsWhatIsWrittenNext() throws Exception {
        write(byString(ONE, pair));
        try (DaemonProcess daemon = DaemonProcess.start(folder.resolve("sertsynk.yaml"))) {
            Pair other = Sandbox.issuePair(program.sandbox.authority(), "To", NUMBER, begun);
            write(byString(ONE, pair) + byFile(TWO, "to.pem"));
            daemon.awaitLog("parties_changed");
            daemon.awaitLog("to.pem"); // the run has missed it
            pem("to.pem", other.encryption(), other.signature());

            daemon.awaitLog("parties_changed");
            daemon.awaitLog("her-1002-encryption");
        }
        assertThat(aliases()).hasSize(4);
    }
}
