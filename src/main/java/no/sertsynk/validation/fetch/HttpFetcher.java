package no.sertsynk.validation.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches over HTTP. A redirect is followed a few times, if each host on the way is allowed. A name is resolved once, and
 * the address that was looked at is the one that is connected to.
 *
 * <p>Each fetch has a virtual thread of its own: the time limits of sockets are those of single reads, which a server that
 * drips a byte at a time never meets; interrupting a virtual thread closes the socket it waits on.
 */
public final class HttpFetcher implements Fetcher, AutoCloseable {
    private static final int MAX_REDIRECTS = 3;

    private final AllowedHosts allowed;
    private final Duration timeout;
    private final Optional<ProxySelector> proxy;
    private final Optional<SSLContext> tls;
    private final AllowedHosts.Names names;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fetch-", 0).factory());

    /** @param timeout for one fetch, redirects and the whole body included */
    public HttpFetcher(
            AllowedHosts allowed, Duration timeout, Optional<ProxySelector> proxy, Optional<SSLContext> tls) {
        this(allowed, timeout, proxy, tls, InetAddress::getAllByName);
    }

    HttpFetcher(
            AllowedHosts allowed,
            Duration timeout,
            Optional<ProxySelector> proxy,
            Optional<SSLContext> tls,
            AllowedHosts.Names names) {
        this.allowed = allowed;
        this.timeout = timeout;
        this.proxy = proxy;
        this.tls = tls;
        this.names = names;
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
            String where = redirects == 0 ? "" : "a redirect to " + address + ": ";
            Proxy by = proxyFor(address);
            switch (by.type() == Proxy.Type.DIRECT ? allowed.target(address, names) : allowed.target(address)) {
                case AllowedHosts.Target.Refused(String why) -> {
                    return new Answer.Failure(where + why);
                }
                case AllowedHosts.Target.Allowed(List<InetAddress> addresses) -> {
                    try (HttpExchange exchange = open(address, by, addresses)) {
                        HttpExchange.Head head = ask(exchange, address, by, request);
                        Optional<URI> next = isRedirect(head.status()) ? location(head, address) : Optional.empty();
                        if (next.isEmpty()) {
                            return answer(exchange, head, request);
                        }
                        address = next.get();
                    }
                }
            }
        }
        return new Answer.Failure("more than " + MAX_REDIRECTS + " redirects");
    }

    private Proxy proxyFor(URI address) {
        return isHttp(address)
                ? proxy.map(selector -> selector.select(address).getFirst()).orElse(Proxy.NO_PROXY)
                : Proxy.NO_PROXY;
    }

    private static boolean isHttp(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) || HttpExchange.isSecured(address);
    }

    private HttpExchange open(URI address, Proxy by, List<InetAddress> addresses) throws IOException {
        if (!isHttp(address)) {
            throw new IOException("not an HTTP address");
        }
        int millis = Math.toIntExact(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        Socket socket;
        if (by.address() instanceof InetSocketAddress relay) {
            socket = HttpExchange.connect(List.of(names.addresses(relay.getHostString())), relay.getPort(), millis);
        } else {
            socket = HttpExchange.connect(addresses, HttpExchange.port(address), millis);
        }
        try {
            if (!HttpExchange.isSecured(address)) {
                return HttpExchange.over(socket);
            }
            if (by.type() != Proxy.Type.DIRECT) {
                tunnel(socket, address);
            }
            SSLSocketFactory factory = tls.map(SSLContext::getSocketFactory)
                    .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
            return HttpExchange.over(socket, factory, address);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Asks the proxy for a connection to the host (RFC 9110, 9.3.6). */
    private static void tunnel(Socket socket, URI address) throws IOException {
        String host = address.getHost() + ":" + HttpExchange.port(address);
        int status = HttpExchange.over(socket)
                .ask("CONNECT", host, Map.of("Host", host), new byte[0])
                .status();
        if (status != 200) {
            throw new IOException("the proxy answers HTTP " + status);
        }
    }

    private static HttpExchange.Head ask(HttpExchange exchange, URI address, Proxy by, Request request)
            throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Host", HttpExchange.authority(address));
        fields.put("User-Agent", "sertsynk");
        fields.put("Accept", "*/*");
        fields.put("Connection", "close");
        request.known().etag().ifPresent(etag -> fields.put("If-None-Match", etag));
        request.known().lastModified().ifPresent(date -> fields.put("If-Modified-Since", date));
        boolean isRelayed = by.type() != Proxy.Type.DIRECT && !HttpExchange.isSecured(address);
        String target = (isRelayed ? address.getScheme() + "://" + HttpExchange.authority(address) : "")
                + HttpExchange.path(address);
        if (request.post().isEmpty()) {
            return exchange.ask("GET", target, fields, new byte[0]);
        }
        byte[] body = request.post().get().body();
        fields.put("Content-Type", request.post().get().contentType());
        fields.put("Content-Length", Integer.toString(body.length));
        return exchange.ask("POST", target, fields, body);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Optional<URI> location(HttpExchange.Head head, URI from) throws IOException {
        Optional<String> location = head.field("location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(from.resolve(location.get()));
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirect to something that is no address", e);
        }
    }

    private static Answer answer(HttpExchange exchange, HttpExchange.Head head, Request request) throws IOException {
        if (head.status() == HttpURLConnection.HTTP_NOT_MODIFIED
                && request.known().isKnown()) {
            return new Answer.Unchanged();
        }
        if (head.status() != HttpURLConnection.HTTP_OK) {
            return new Answer.Failure("HTTP " + head.status());
        }
        Version version = new Version(head.field("etag"), head.field("last-modified"));
        return new Answer.Content(exchange.body(head, request.maxBytes()), version);
    }

    /** Ends the fetches that are under way; they fail. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
