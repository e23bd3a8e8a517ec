package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.HttpFetcher;
import no.sertsynk.validation.trust.AuthorityDownload.Outcome;
import no.sertsynk.validation.trust.PinnedAuthority.Role;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorityDownloadTest {
    private static final SandboxAuthority AUTHORITY =
            SandboxAuthority.create("Hente", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());
    private static final SandboxAuthority FORGER =
            SandboxAuthority.create("Hente", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private HttpFetcher fetcher;

    @SuppressWarnings("NullAway.Init")
    private PartnerCertificate root;

    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        root = PartnerCertificate.of(AUTHORITY.root());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        fetcher = fetcher(Duration.ofSeconds(20));
    }

    private static HttpFetcher fetcher(Duration timeout) {
        AllowedHosts allowed = new AllowedHosts(List.of(), List.of("127.0.0.1"));
        return new HttpFetcher(allowed, timeout, Optional.empty(), Optional.empty());
    }

    @AfterEach
    void stop() {
        ended.countDown();
        fetcher.close();
        server.stop(0);
    }

    private void answer(String path, byte[] body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private Outcome get(String... paths) {
        List<URI> addresses = Arrays.stream(paths)
                .map(path ->
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .toList();
        PinnedAuthority pinned = new PinnedAuthority(
                "test", Role.ROOT, false, root.sha256(), root.notBefore(), root.notAfter(), "Hente", addresses);
        return new AuthorityDownload(fetcher).get(pinned);
    }

    private AbstractStringAssert<?> assertRefused(String... paths) {
        Outcome outcome = get(paths);
        assertThat(outcome).isInstanceOf(Outcome.Missing.class);
        return assertThat(String.join("\n", ((Outcome.Missing) outcome).problems()));
    }

    @Test
    void pinnedCertificate_isTaken() throws Exception {
        answer("/root.cer", AUTHORITY.root().getEncoded());

        assertThat(get("/root.cer")).isEqualTo(new Outcome.Found(root));
    }

    @Test
    void pinnedCertificateInABundle_isTaken() throws Exception {
        String bundle =
                pem(AUTHORITY.issuer().getEncoded()) + pem(AUTHORITY.root().getEncoded());
        answer("/bundle.pem", bundle.getBytes(StandardCharsets.US_ASCII));

        assertThat(get("/bundle.pem")).isEqualTo(new Outcome.Found(root));
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void secondAddress_isAskedWhenTheFirstFails() throws Exception {
        answer("/second.cer", AUTHORITY.root().getEncoded());

        assertThat(get("/absent.cer", "/second.cer")).isEqualTo(new Outcome.Found(root));
    }

    @Test
    void otherCertificateOfThatName_isRefusedWithBothFingerprints() throws Exception {
        answer("/root.cer", FORGER.root().getEncoded());

        assertRefused("/root.cer")
                .contains(
                        "expected the certificate with SHA-256 " + root.sha256(),
                        "found " + PartnerCertificate.of(FORGER.root()).sha256());
    }

    @Test
    void garbage_isRefused() {
        answer("/root.cer", "<html>moved</html>".getBytes(StandardCharsets.US_ASCII));

        assertRefused("/root.cer").contains("refused: expected a DER certificate");
    }

    @Test
    void emptyAnswer_isRefused() {
        answer("/root.cer", new byte[0]);

        assertRefused("/root.cer").contains("refused:");
    }

    @Test
    void pemWithoutCertificate_isRefused() {
        answer("/root.cer", "-----BEGIN X-----\n-----END X-----".getBytes(StandardCharsets.US_ASCII));

        assertRefused("/root.cer").contains("found no certificate");
    }

    @Test
    void endlessAnswer_isCutOff() {
        server.createContext("/root.cer", exchange -> {
            try (exchange;
                    OutputStream out = exchange.getResponseBody()) {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    out.write(new byte[8192]);
                }
            } catch (IOException e) {
                // The client has closed: what the test is about.
                return;
            }
        });

        assertRefused("/root.cer").contains("bytes allowed");
    }

    @Test
    void answerThatNeverComes_isGivenUp() {
        server.createContext("/root.cer", exchange -> {
            try (exchange) {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        fetcher = fetcher(Duration.ofMillis(200));

        assertRefused("/root.cer").containsAnyOf("no whole answer", "timed out");
    }

    @Test
    void errorStatus_isTold() {
        assertRefused("/absent.cer").contains("/absent.cer: HTTP 404");
    }

    @Test
    void redirectToAnotherHost_isNotFollowed() {
        server.createContext("/root.cer", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", "http://elsewhere.example/root.cer");
                exchange.sendResponseHeaders(302, -1);
            }
        });

        assertRefused("/root.cer").contains("elsewhere.example is not allowed");
    }
}
