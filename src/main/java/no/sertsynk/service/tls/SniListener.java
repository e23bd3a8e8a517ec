package no.sertsynk.service.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Waits for clients and tells what each of them offers. Shows the new certificate to those that send a server name, and the
 * old one to those that send none or the old name, as services do during a switch.
 *
 * <p>One thread accepts, and each connection has a thread of its own for at most {@link #CONNECTION_LIMIT}.
 */
public final class SniListener implements AutoCloseable {
    private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_AT_ONCE = 64;

    private final ServerSocket server;
    private final Certificates certificates;
    private final Clock clock;
    private final Audience audience;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean allSentNames = new AtomicBoolean(true);
    private volatile boolean stopped;

    private SniListener(ServerSocket server, Certificates certificates, Clock clock, Audience audience) {
        this.server = server;
        this.certificates = certificates;
        this.clock = clock;
        this.audience = audience;
    }

    /**
     * What clients are shown.
     *
     * @param forOldName to those that send this name, or none
     */
    public record Certificates(SSLContext forNewName, SSLContext forOldName, String oldName) {}

    /** Hears of each client; called by one thread at a time. */
    public interface Audience {
        /** As soon as it is known what the client offers. */
        void client(ClientSeen seen);

        /** @param failure why the handshake after that failed; empty if it came to its end */
        void handshake(ClientSeen seen, Optional<String> failure);
    }

    /** @throws IOException if nobody can listen there */
    public static SniListener open(InetSocketAddress address, Certificates certificates, Clock clock, Audience audience)
            throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new SniListener(server, certificates, clock, audience);
    }

    public HostPort address() {
        return new HostPort(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    /**
     * Waits for clients until so many have come, the time is over or {@link #stop} is called, and then for those that are
     * still here.
     *
     * @return whether all of them sent a server name
     */
    public boolean run(OptionalInt count, Optional<Duration> time) throws IOException {
        long deadline = System.nanoTime() + time.map(Duration::toNanos).orElse(0L);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int seen = 0; count.isEmpty() || seen < count.getAsInt(); seen++) {
                places.acquireUninterruptibly();
                Optional<Socket> client = accept(time.isPresent() ? Optional.of(deadline) : Optional.empty());
                if (client.isEmpty()) {
                    break;
                }
                threads.submit(() -> {
                    try {
                        serve(client.get());
                    } finally {
                        places.release();
                    }
                });
            }
            server.close();
        }
        return allSentNames.get();
    }

    private Optional<Socket> accept(Optional<Long> deadline) throws IOException {
        try {
            if (deadline.isPresent()) {
                long left = Duration.ofNanos(deadline.get() - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return Optional.empty();
                }
                server.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            }
            return Optional.of(server.accept());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (stopped) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void serve(Socket client) {
        String peer = new HostPort(client.getInetAddress().getHostAddress(), client.getPort()).toString();
        try (Wire wire = new Wire(client, CONNECTION_LIMIT, MOST_BYTES)) {
            open.add(wire);
            try {
                ClientHelloReader reader = new ClientHelloReader(wire);
                ClientHello hello = reader.read();
                boolean isNew = hello.serverName()
                        .filter(name -> !name.equalsIgnoreCase(certificates.oldName()))
                        .isPresent();
                ClientSeen seen = tell(peer, Optional.of(hello), Optional.empty(), Optional.of(isNew ? "new" : "old"));
                shake(seen, wire, reader.taken(), isNew ? certificates.forNewName() : certificates.forOldName());
            } catch (TlsException e) {
                tell(peer, Optional.empty(), Optional.of(e.reason()), Optional.empty());
            } finally {
                open.remove(wire);
            }
        } catch (IOException e) {
            tell(
                    peer,
                    Optional.empty(),
                    Optional.of(Reason.of(
                            ReasonCode.CONNECTION_FAILED, "expected a TLS client hello, found: " + e.getMessage())),
                    Optional.empty());
        }
    }

    private synchronized ClientSeen tell(
            String peer, Optional<ClientHello> hello, Optional<Reason> problem, Optional<String> shown) {
        ClientSeen seen = new ClientSeen(clock.instant(), peer, hello, problem, shown);
        if (!seen.hasSentName()) {
            allSentNames.set(false);
        }
        audience.client(seen);
        return seen;
    }

    private void shake(ClientSeen seen, Wire wire, byte[] received, SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        Handshake handshake = new Handshake(engine, wire, received);
        Optional<String> failure = Optional.empty();
        try {
            handshake.run();
        } catch (IOException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        } catch (TlsException e) {
            failure = Optional.of(e.reason().message());
        } finally {
            handshake.close();
        }
        synchronized (this) {
            audience.handshake(seen, failure);
        }
    }

    /** Ends {@link #run} now. */
    public void stop() {
        stopped = true;
        close();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // It listens no more either way.
        }
        open.forEach(Wire::close);
    }
}
