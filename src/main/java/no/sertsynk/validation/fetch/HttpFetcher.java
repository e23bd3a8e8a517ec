package no.sertsynk.validation.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Fetches over HTTP. A redirect is followed a few times, if each host on the way is allowed.
 *
 * <p>Uses {@link HttpURLConnection}, because a cold process needs a fraction of the time that {@code java.net.http} takes
 * for its first request. Each fetch has a virtual thread of its own: the JDK's time limits are those of single reads,
 * which a server that drips a byte at a time never meets; interrupting a virtual thread closes the socket it waits on.
 */
public final class HttpFetcher implements Fetcher, AutoCloseable {
    private static final int MAX_REDIRECTS = 3;

    private final AllowedHosts allowed;
    private final Duration timeout;
    private final Optional<ProxySelector> proxy;
    private final Optional<SSLContext> tls;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fetch-", 0).factory());

    /** @param timeout for one fetch, redirects and the whole body included */
    public HttpFetcher(
            AllowedHosts allowed, Duration timeout, Optional<ProxySelector> proxy, Optional<SSLContext> tls) {
        this.allowed = allowed;
        this.timeout = timeout;
        this.proxy = proxy;
        this.tls = tls;
    }

    @Override
    public Answer fetch(Request request) {
        Future<Answer> answer;
        try {
            answer = threads.submit(() -> follow(request));
        } catch (RejectedExecutionException e) {
            return new Answer.Failure("the run has ended");
        }
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late();
        } catch (ExecutionException e) {
            return e.getCause() instanceof SocketTimeoutException
                    ? late()
                    : new Answer.Failure(describe(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failure("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    private Answer late() {
        return new Answer.Failure("no whole answer within " + timeout.toMillis() + " ms");
    }

    private static String describe(@Nullable Throwable failure) {
        if (failure == null) {
            return "an unknown failure";
        }
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + " (" + failure.getMessage() + ")";
    }

    private Answer follow(Request request) throws IOException {
        URI address = request.address();
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            Proxy by = proxyFor(address);
            Optional<String> refusal = allowed.refusal(address, by.type() != Proxy.Type.DIRECT);
            if (refusal.isPresent()) {
                return new Answer.Failure(
                        redirects == 0 ? refusal.get() : "a redirect to " + address + ": " + refusal.get());
            }
            HttpURLConnection connection = open(address, by, request);
            boolean whole = false;
            try {
                int status = send(connection, request);
                Optional<URI> next = isRedirect(status) ? location(connection, address) : Optional.empty();
                if (next.isEmpty()) {
                    Answer answer = answer(connection, status, request);
                    whole = true;
                    return answer;
                }
                address = next.get();
            } finally {
                if (!whole) {
                    connection.disconnect();
                }
            }
        }
        return new Answer.Failure("more than " + MAX_REDIRECTS + " redirects");
    }

    private Proxy proxyFor(URI address) {
        return proxy.map(selector -> selector.select(address).getFirst()).orElse(Proxy.NO_PROXY);
    }

    private HttpURLConnection open(URI address, Proxy by, Request request) throws IOException {
        if (!(address.toURL().openConnection(by) instanceof HttpURLConnection connection)) {
            throw new IOException("not an HTTP address");
        }
        if (connection instanceof HttpsURLConnection secured) {
            tls.ifPresent(context -> secured.setSSLSocketFactory(context.getSocketFactory()));
        }
        int millis = Math.toIntExact(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "sertsynk");
        connection.setRequestProperty("Accept", "*/*");
        request.known().etag().ifPresent(etag -> connection.setRequestProperty("If-None-Match", etag));
        request.known().lastModified().ifPresent(date -> connection.setRequestProperty("If-Modified-Since", date));
        return connection;
    }

    private static int send(HttpURLConnection connection, Request request) throws IOException {
        if (request.post().isPresent()) {
            byte[] body = request.post().get().body();
            connection.setRequestProperty("Content-Type", request.post().get().contentType());
            connection.setDoOutput(true);
            // Streaming, so that the JDK does not send it again on its own.
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("something that is not HTTP");
        }
        return status;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Optional<URI> location(HttpURLConnection connection, URI from) throws IOException {
        String location = connection.getHeaderField("Location");
        if (location == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirect to something that is no address", e);
        }
    }

    private static Answer answer(HttpURLConnection connection, int status, Request request) throws IOException {
        if (status == HttpURLConnection.HTTP_NOT_MODIFIED && request.known().isKnown()) {
            return new Answer.Unchanged();
        }
        if (status != HttpURLConnection.HTTP_OK) {
            return new Answer.Failure("HTTP " + status);
        }
        Version version = new Version(header(connection, "ETag"), header(connection, "Last-Modified"));
        return new Answer.Content(read(connection, request.maxBytes()), version);
    }

    private static Optional<String> header(HttpURLConnection connection, String name) {
        return Optional.ofNullable(connection.getHeaderField(name));
    }

    private static byte[] read(HttpURLConnection connection, int maxBytes) throws IOException {
        long announced = connection.getContentLengthLong();
        if (announced <= maxBytes) {
            try (InputStream in = connection.getInputStream()) {
                byte[] body = in.readNBytes(maxBytes + 1);
                if (body.length <= maxBytes) {
                    return body;
                }
                connection.disconnect();
            }
        }
        throw new IOException("more than the " + maxBytes + " bytes allowed");
    }

    /** Ends the fetches that are under way; they fail. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
