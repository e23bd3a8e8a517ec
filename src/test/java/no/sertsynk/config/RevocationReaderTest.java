package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.sertsynk.config.Configuration.EndedService;
import no.sertsynk.config.Configuration.Revocation;
import org.junit.jupiter.api.Test;

class RevocationReaderTest extends WrittenConfiguration {
    @Test
    void defaults_requireAnAnswer() throws Exception {
        assertThat(written.loaded("").revocation())
                .isEqualTo(new Revocation(
                        "require",
                        List.of(),
                        Duration.ofHours(24),
                        List.of("crl", "ocsp"),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        List.of()));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("""
            revocation:
              mode: prefer
              allow: [crl.example, "127.0.0.1:80"]
              maxStale: P2D
              order: [ocsp]
              clockSkew: 30s
              recheck: 1h
              ended:
                - {issuer: "CN=Old CA,C=NO", since: 2015-05-09}
            """).revocation())
                .isEqualTo(new Revocation(
                        "prefer",
                        List.of("crl.example", "127.0.0.1:80"),
                        Duration.ofDays(2),
                        List.of("ocsp"),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        List.of(new EndedService("CN=Old CA,C=NO", Instant.parse("2015-05-09T00:00:00Z")))));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("revocation:\n"
                        + "  mode: on\n"
                        + "  allow: [\"http://crl.example/a\"]\n"
                        + "  maxStale: 1y\n"
                        + "  ocsp: true\n"
                        + "  order: [crl, crl]\n"
                        + "  ended:\n"
                        + "    - {issuer: nobody, since: yesterday}\n"
                        + "    - {}\n"))
                .containsExactly(
                        "5:9: revocation.mode: expected one of require, prefer, off, found 'on' (did you mean off?)",
                        "6:11: revocation.allow: expected host or host:port without a scheme, found"
                                + " 'http://crl.example/a'",
                        "7:13: revocation.maxStale: expected a duration such as 10s, 2m, 24h or 30d, found '1y'",
                        "8:3: revocation.ocsp: unknown key",
                        "9:10: revocation.order: expected crl, ocsp or both, each once, found [crl, crl]",
                        "11:16: revocation.ended[0].issuer: expected the SHA-256 of a certificate, or a name such as"
                                + " \"CN=…,O=…,C=NO\", found 'nobody'",
                        "11:31: revocation.ended[0].since: expected a date such as 2024-12-31, found 'yesterday'",
                        "12:7: revocation.ended[1].issuer: expected this key, found none",
                        "12:7: revocation.ended[1].since: expected this key, found none");
    }
}
