package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Revocation lists from the HTTP addresses in certificates; each is fetched once in this object's life. */
public final class HttpCrls implements CrlSource, AutoCloseable {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final AllowedHosts allowed;
    private final Duration timeout;
    private final Optional<ProxySelector> proxy;
    private final HttpClient client;
    private final Map<URI, CompletableFuture<Fetched>> fetched = new ConcurrentHashMap<>();

    /** Either a list or why there is none. */
    private record Fetched(Optional<X509CRL> crl, String problem) {}

    public HttpCrls(AllowedHosts allowed, Duration timeout, Optional<ProxySelector> proxy, Optional<SSLContext> tls) {
        this.allowed = allowed;
        this.timeout = timeout;
        this.proxy = proxy;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.ifPresent(builder::proxy);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
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
        Optional<String> refusal = allowed.refusal(url, isProxied(url));
        if (refusal.isPresent()) {
            return new Fetched(Optional.empty(), refusal.get());
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("User-Agent", "sertsynk")
                .GET()
                .build();
        var pending = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                return new Fetched(Optional.empty(), "HTTP " + response.statusCode());
            }
            List<X509CRL> lists = FileCrls.parse(response.body(), url.toString());
            return lists.isEmpty()
                    ? new Fetched(Optional.empty(), "no revocation list in the answer")
                    : new Fetched(Optional.of(lists.getFirst()), "");
        } catch (TimeoutException e) {
            pending.cancel(true);
            return new Fetched(Optional.empty(), "no whole answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Fetched(Optional.empty(), String.valueOf(e.getCause()));
        } catch (IOException e) {
            return new Fetched(Optional.empty(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched(Optional.empty(), "interrupted");
        }
    }

    private boolean isProxied(URI url) {
        return proxy.isPresent()
                && proxy.get().select(url).stream().anyMatch(used -> used.type() != java.net.Proxy.Type.DIRECT);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
