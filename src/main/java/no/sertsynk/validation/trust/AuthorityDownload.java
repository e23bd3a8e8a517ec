package no.sertsynk.validation.trust;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;

/**
 * Gets certificates of pinned authorities from where they are published, by plain HTTP: the fingerprint alone decides
 * whether an answer is taken. Close it after use.
 */
public final class AuthorityDownload implements AutoCloseable {
    /** Some authorities answer with a bundle; none with more. */
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout for each whole answer */
    public AuthorityDownload(Duration timeout, Optional<ProxySelector> proxy) {
        this.timeout = timeout;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout);
        proxy.ifPresent(builder::proxy);
        this.client = builder.build();
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** The pinned certificate. */
        record Found(PartnerCertificate certificate) implements Outcome {}

        /** @param problems for each address that was asked, one line */
        record Missing(List<String> problems) implements Outcome {
            public Missing {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Asks the authority's addresses in turn until one answers with the pinned certificate. */
    public Outcome get(PinnedAuthority authority) {
        List<String> problems = new ArrayList<>();
        for (URI address : authority.addresses()) {
            try {
                return new Outcome.Found(certificate(authority, fetch(address)));
            } catch (IOException e) {
                problems.add(address + ": " + e.getMessage());
            }
        }
        return new Outcome.Missing(problems);
    }

    private static PartnerCertificate certificate(PinnedAuthority authority, byte[] answer) throws IOException {
        List<PartnerCertificate> certificates;
        try {
            certificates = TrustFiles.certificates(answer);
        } catch (MalformedCertificateException e) {
            throw new IOException(e.reason().message(), e);
        }
        for (PartnerCertificate certificate : certificates) {
            if (certificate.sha256().equals(authority.sha256())) {
                return certificate;
            }
        }
        String found = certificates.isEmpty()
                ? "no certificate"
                : String.join(
                        ", ",
                        certificates.stream()
                                .map(certificate -> certificate.sha256() + " (" + certificate.subject() + ")")
                                .toList());
        throw new IOException(
                "refused: expected the certificate with SHA-256 " + authority.sha256() + ", found " + found);
    }

    private byte[] fetch(URI address) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("User-Agent", "sertsynk")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("expected HTTP 200, found HTTP " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("no whole answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
