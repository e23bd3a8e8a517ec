package no.sertsynk.validation.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import no.sertsynk.sandbox.SandboxCrlServer;
import no.sertsynk.sandbox.SandboxFault;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.HttpFetcher;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that give out issuers and are broken or mean no well, on real sockets: no path is found, in bounded time. */
@Timeout(60)
class HostileIssuerServerTest {
    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final TestAuthority authority = root.authority("CN=Authority");

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private SandboxCrlServer server;

    @BeforeEach
    void start() throws Exception {
        server = SandboxCrlServer.start();
        server.put("/authority.cer", authority.certificate.getEncoded());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PathResult search(String address, Duration patience) {
        try (HttpFetcher fetcher = new HttpFetcher(
                new AllowedHosts(List.of(), List.of("127.0.0.1")), patience, Optional.empty(), Optional.empty())) {
            return new PathEngine(
                            new TrustStore(List.of(root.certificate), List.of()),
                            ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF),
                            new AiaIssuers(fetcher, KeptIssuers.none(), Clock.systemUTC()))
                    .search(authority.leafCertificate("CN=Leaf", pointingTo(address)));
        }
    }

    private static Change pointingTo(String address) {
        return Change.add(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                        AccessDescription.id_ad_caIssuers,
                        new GeneralName(GeneralName.uniformResourceIdentifier, address)));
    }

    @Test
    void rightServer_givesTheIssuer() {
        assertThat(search(server.url() + "/authority.cer", Duration.ofSeconds(20)))
                .isInstanceOf(PathResult.Valid.class);
    }

    static Stream<SandboxFault> faults() {
        return Stream.of(
                new SandboxFault.Endless(),
                new SandboxFault.SlowDrip(Duration.ofMillis(100)),
                new SandboxFault.Hang(),
                new SandboxFault.Redirect(URI.create("http://localhost:1/authority.cer")),
                new SandboxFault.Redirect(URI.create("file:///etc/ssl/certs/ca-certificates.crt")),
                new SandboxFault.Truncated(),
                new SandboxFault.Disconnect(),
                new SandboxFault.Garbage(7),
                new SandboxFault.HugeHeader(1024 * 1024),
                new SandboxFault.Status(404));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultyServer_helpsNobodyAndHoldsNobodyUp(SandboxFault fault) {
        server.setFault(fault);

        assertThat(search(server.url() + "/authority.cer", Duration.ofMillis(700)))
                .isInstanceOf(PathResult.Invalid.class);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void forbiddenHost_isNotAsked() {
        assertThat(search(server.url().replace("127.0.0.1", "localhost") + "/authority.cer", Duration.ofSeconds(5)))
                .isInstanceOf(PathResult.Invalid.class);
        assertThat(server.requests()).isZero();
    }
}
