package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.HttpFetcher;

/** Revocation lists from the HTTP addresses in certificates; each is fetched once in this object's life. */
public final class HttpCrls implements CrlSource, AutoCloseable {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final HttpFetcher fetcher;
    private final Map<URI, CompletableFuture<Fetched>> fetched = new ConcurrentHashMap<>();

    /** Either a list or why there is none. */
    private record Fetched(Optional<X509CRL> crl, String problem) {}

    public HttpCrls(AllowedHosts allowed, Duration timeout, Optional<ProxySelector> proxy, Optional<SSLContext> tls) {
        this.fetcher = new HttpFetcher(allowed, timeout, proxy, tls);
    }

    @Override
    public Lists listsFor(X509Certificate certificate) {
        List<String> problems = new ArrayList<>();
        List<URI> urls = DistributionPoints.of(certificate).urls();
        for (URI url : urls) {
            Fetched answer = once(url);
            if (answer.crl().isPresent()) {
                return new Lists(List.of(new SourcedCrl(answer.crl().get(), url.toString())), problems);
            }
            problems.add(url + ": " + answer.problem());
        }
        if (urls.isEmpty()) {
            problems.add("the certificate names no http address of a revocation list");
        }
        return new Lists(List.of(), problems);
    }

    @Override
    public List<X509CRL> all() {
        return fetched.values().stream()
                .filter(CompletableFuture::isDone)
                .flatMap(done -> done.join().crl().stream())
                .toList();
    }

    private Fetched once(URI url) {
        CompletableFuture<Fetched> mine = new CompletableFuture<>();
        CompletableFuture<Fetched> earlier = fetched.putIfAbsent(url, mine);
        if (earlier != null) {
            return earlier.join();
        }
        mine.complete(fetch(url));
        return mine.join();
    }

    private Fetched fetch(URI url) {
        return switch (fetcher.fetch(Fetcher.Request.get(url, MAX_BYTES))) {
            case Fetcher.Answer.Failure(String why) -> new Fetched(Optional.empty(), why);
            case Fetcher.Answer.Unchanged() -> throw new IllegalStateException("no version was known");
            case Fetcher.Answer.Content(byte[] bytes, Fetcher.Version version) -> parse(url, bytes);
        };
    }

    private static Fetched parse(URI url, byte[] bytes) {
        try {
            List<X509CRL> lists = FileCrls.parse(bytes, url.toString());
            return lists.isEmpty()
                    ? new Fetched(Optional.empty(), "no revocation list in the answer")
                    : new Fetched(Optional.of(lists.getFirst()), "");
        } catch (IOException e) {
            return new Fetched(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
