package no.sertsynk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import no.sertsynk.model.Sha256;

/**
 * Serves revocation lists and answers of responders on a loopback port. As with a real authority, its lists stay the
 * same until something is revoked or released, or it is time for the next; others are whatever was put there. Answers
 * conditional requests.
 */
public final class SandboxCrlServer implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofHours(12);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unchanged = new AtomicInteger();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final SandboxFaultPlayer player = new SandboxFaultPlayer();
    private volatile Optional<SandboxFault> fault = Optional.empty();

    private SandboxCrlServer(HttpServer server) {
        this.server = server;
    }

    /** What lies at a path. */
    @FunctionalInterface
    private interface Content {
        byte[] answer(byte[] question) throws IOException;
    }

    public static SandboxCrlServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SandboxCrlServer started = new SandboxCrlServer(server);
        server.setExecutor(started.threads);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    /** Where the lists are; the authority is made with this. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Begins to serve the lists of the authority. */
    public void serve(SandboxAuthority authority, Clock clock) {
        contents.put("/issuer.crl", new IssuedList(authority, clock, authority::issuerCrl));
        contents.put("/root.crl", new IssuedList(authority, clock, authority::rootCrl));
    }

    /** A list of an authority, made anew when it is due. */
    private static final class IssuedList implements Content {
        private final SandboxAuthority authority;
        private final Clock clock;
        private final Function<Instant, X509CRL> making;
        private byte[] der = new byte[0];
        private long revision;
        private Instant madeAt = Instant.MIN;

        IssuedList(SandboxAuthority authority, Clock clock, Function<Instant, X509CRL> making) {
            this.authority = authority;
            this.clock = clock;
            this.making = making;
        }

        @Override
        public synchronized byte[] answer(byte[] question) throws IOException {
            Instant now = clock.instant();
            boolean isCurrent = der.length > 0
                    && revision == authority.revision()
                    && !now.isBefore(madeAt)
                    && now.isBefore(madeAt.plus(PERIOD));
            if (!isCurrent) {
                revision = authority.revision();
                madeAt = now;
                der = encoded(making.apply(now));
            }
            return der;
        }
    }

    /** Serves those bytes at the path, in place of what was there. */
    public void put(String path, byte[] bytes) {
        contents.put(path, question -> bytes);
    }

    /** Answers questions that are posted to the path. */
    public void respond(String path, UnaryOperator<byte[]> responder) {
        contents.put(path, responder::apply);
    }

    /** From now on, every request gets 503, or not. */
    public void setDown(boolean isDown) {
        this.fault = isDown ? Optional.of(new SandboxFault.Status(503)) : Optional.empty();
    }

    /** From now on, every answer is wrong in that way. */
    public void setFault(SandboxFault wrong) {
        this.fault = Optional.of(wrong);
    }

    public int requests() {
        return requests.get();
    }

    /** How many of the requests were answered with 304. */
    public int unchanged() {
        return unchanged.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            Content content = contents.get(exchange.getRequestURI().getPath());
            byte[] right = content == null ? new byte[0] : content.answer(question);
            if (fault.isPresent()) {
                player.play(fault.get(), exchange, right);
                return;
            }
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String etag = "\"" + Sha256.of(right).hex().substring(0, 16) + "\"";
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                unchanged.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            SandboxFaultPlayer.send(exchange, right);
        }
    }

    private static byte[] encoded(X509CRL list) throws IOException {
        try {
            return list.getEncoded();
        } catch (CRLException e) {
            throw new IOException("the list cannot be encoded", e);
        }
    }

    @Override
    public void close() {
        player.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
