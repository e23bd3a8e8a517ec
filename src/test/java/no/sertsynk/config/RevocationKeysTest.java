package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration.EndedService;
import no.sertsynk.config.Configuration.Revocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How revocation is asked for. */
class RevocationKeysTest {
    private static final String SHA256 = "b7".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ConfigurationResult read(String section) throws Exception {
        Path file = folder.resolve("sertsynk.yaml");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(
                file,
                "register: {source: soap, soap: {username: user, passwordFile: secret}}\nstate: state\n" + section);
        return ConfigurationReader.read(file, name -> Optional.empty(), expression -> Optional.empty());
    }

    private Revocation loaded(String section) throws Exception {
        return ((ConfigurationResult.Loaded) read(section)).configuration().revocation();
    }

    private String mistakes(String section) throws Exception {
        return ((ConfigurationResult.Refused) read(section)).mistakes().toString();
    }

    @Test
    void defaults_askListsThenRespondersInEveryRun() throws Exception {
        Revocation revocation = loaded("");

        assertThat(revocation.order()).containsExactly("crl", "ocsp");
        assertThat(revocation.clockSkew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(revocation.recheck()).isZero();
        assertThat(revocation.ended()).isEmpty();
    }

    @Test
    void everyKey_isRead() throws Exception {
        Revocation revocation = loaded("revocation:\n  order: [ocsp]\n  clockSkew: 30s\n  recheck: 1h\n  ended:\n"
                + "    - {issuer: \"CN=Old CA, O=Authority, C=NO\", since: 2016-05-06}\n    - {issuer: " + SHA256
                + ", since: 2024-12-31}\n");

        assertThat(revocation.order()).containsExactly("ocsp");
        assertThat(revocation.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(revocation.recheck()).isEqualTo(Duration.ofHours(1));
        assertThat(revocation.ended())
                .isEqualTo(List.of(
                        new EndedService("CN=Old CA,O=Authority,C=NO", Instant.parse("2016-05-06T00:00:00Z")),
                        new EndedService(SHA256, Instant.parse("2024-12-31T00:00:00Z"))));
    }

    @Test
    void mistakes_areToldWithTheirKeys() throws Exception {
        assertThat(mistakes("revocation:\n  order: [crl, ldap]\n  clockSkew: soon\n  ended:\n"
                        + "    - {issuer: nobody, since: yesterday}\n    - {issuer: \"CN=A\"}\n"))
                .contains("revocation.order: expected crl, ocsp or both, each once, found [crl, ldap]")
                .contains("revocation.clockSkew")
                .contains("revocation.ended[0].issuer: expected the SHA-256 of a certificate")
                .contains("revocation.ended[0].since: expected a date such as 2024-12-31, found 'yesterday'")
                .contains("revocation.ended[1].since: expected this key");
    }

    @Test
    void methodNamedTwice_isAMistake() throws Exception {
        assertThat(mistakes("revocation: {order: [crl, crl]}\n")).contains("each once");
    }
}
