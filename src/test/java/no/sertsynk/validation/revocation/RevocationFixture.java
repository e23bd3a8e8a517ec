package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import no.sertsynk.sandbox.SandboxCrlServer;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.HttpFetcher;
import no.sertsynk.validation.revocation.RevocationSettings.EndedService;
import no.sertsynk.validation.revocation.RevocationSettings.Method;

/** Revocation over real sockets on loopback, one run after another on one folder. */
final class RevocationFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMillis(700);

    final SandboxCrlServer server;
    final RevocationPki pki;
    final Path folder;
    private HttpFetcher fetcher;
    Duration recheck = Duration.ZERO;
    List<Method> order = RevocationSettings.USUAL.order();
    List<EndedService> ended = List.of();
    RevocationCache cache;

    RevocationFixture(Path folder) throws Exception {
        this.server = SandboxCrlServer.start();
        this.pki = new RevocationPki("CN=Authority");
        this.folder = folder;
        this.fetcher = fetcher(Duration.ofSeconds(20));
        this.cache = RevocationFolder.open(folder.resolve("revocation"), file -> {});
    }

    private static HttpFetcher fetcher(Duration timeout) {
        return new HttpFetcher(
                new AllowedHosts(List.of(), List.of("127.0.0.1")), timeout, Optional.empty(), Optional.empty());
    }

    /** Waits for servers no longer than a test should. */
    void beImpatient() {
        fetcher.close();
        fetcher = fetcher(PATIENCE);
    }

    String url(String path) {
        return server.url() + path;
    }

    OnlineSources sources(Instant at) {
        return new OnlineSources(fetcher, cache, Clock.fixed(at, ZoneOffset.UTC));
    }

    /** A new run at that time. */
    RevocationCheck run(Instant at) {
        return RevocationCheck.online(
                new TrustStore(List.of(pki.authority), List.of()),
                ValidationSettings.of(at, ValidationSettings.Policy.RFC5280, ValidationSettings.RevocationMode.REQUIRE),
                new RevocationSettings(order, Duration.ofMinutes(5), recheck, ended),
                sources(at));
    }

    PathRevocation path(Instant at, X509Certificate certificate) {
        return run(at).check(List.of(certificate), pki.authority);
    }

    RevocationStatus status(Instant at, X509Certificate certificate) {
        return path(at, certificate).statuses().getFirst();
    }

    RevocationStatus status(X509Certificate certificate) {
        return status(RevocationPki.NOW, certificate);
    }

    @Override
    public void close() throws IOException {
        fetcher.close();
        server.close();
    }
}
