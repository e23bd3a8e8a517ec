package no.sertsynk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CRLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.model.Sha256;

/**
 * Serves an authority's revocation lists on a loopback port. As with a real one, a list stays the same until something is
 * revoked or released, or it is time for the next.
 */
public final class SandboxCrlServer implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofHours(12);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private volatile boolean down;

    private SandboxCrlServer(HttpServer server) {
        this.server = server;
    }

    public static SandboxCrlServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SandboxCrlServer started = new SandboxCrlServer(server);
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    /** Where the lists are; the authority is made with this. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Begins to serve the lists of the authority. */
    public void serve(SandboxAuthority authority, Clock clock) {
        server.createContext("/", exchange -> answer(exchange, authority, clock));
    }

    /** From now on, every request gets 503, or not. */
    public void setDown(boolean isDown) {
        this.down = isDown;
    }

    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange, SandboxAuthority authority, Clock clock) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (down || !(path.equals("/issuer.crl") || path.equals("/root.crl"))) {
                exchange.sendResponseHeaders(down ? 503 : 404, -1);
                return;
            }
            byte[] der = list(path, authority, clock.instant());
            exchange.getResponseHeaders().set("Content-Type", "application/pkix-crl");
            exchange.getResponseHeaders()
                    .set("ETag", "\"" + Sha256.of(der).hex().substring(0, 16) + "\"");
            exchange.sendResponseHeaders(200, der.length);
            exchange.getResponseBody().write(der);
        }
    }

    /** A list as it was made. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Issued(byte[] der, long revision, Instant at) {
        boolean isCurrent(long now, Instant time) {
            return revision == now && !time.isBefore(at) && time.isBefore(at.plus(PERIOD));
        }
    }

    private byte[] list(String path, SandboxAuthority authority, Instant now) {
        long revision = authority.revision();
        return issued.compute(
                        path,
                        (key, known) -> known != null && known.isCurrent(revision, now)
                                ? known
                                : new Issued(made(path, authority, now), revision, now))
                .der();
    }

    private static byte[] made(String path, SandboxAuthority authority, Instant now) {
        try {
            return (path.equals("/root.crl") ? authority.rootCrl(now) : authority.issuerCrl(now)).getEncoded();
        } catch (CRLException e) {
            throw new IllegalStateException("the list cannot be encoded", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
