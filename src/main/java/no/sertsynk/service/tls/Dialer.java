package no.sertsynk.service.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.model.ReasonCode;

/** Connects to hosts, by a proxy where one is to be used. */
final class Dialer {
    /** A service with its chain needs a tenth of that. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_ADDRESSES = 8;
    private static final int MOST_PROXY_ANSWER = 8 * 1024;

    private final ProxyRule proxies;
    private final Duration limit;

    Dialer(ProxyRule proxies, Duration limit) {
        this.proxies = proxies;
        this.limit = limit;
    }

    /** @throws TlsException if no connection comes about */
    Wire dial(HostPort to) throws TlsException {
        Optional<HostPort> proxy = proxies.forHost(to.host());
        Wire wire = connect(proxy.orElse(to));
        if (proxy.isPresent()) {
            try {
                tunnel(wire, proxy.get(), to);
            } catch (IOException | TlsException e) {
                wire.close();
                throw e instanceof TlsException told
                        ? told
                        : failed("the proxy " + proxy.get() + " hung up: " + e.getMessage(), e);
            }
            wire.startOver();
        }
        return wire;
    }

    private Wire connect(HostPort to) throws TlsException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<InetAddress> addresses = addresses(to);
        StringBuilder failures = new StringBuilder();
        for (int i = 0; i < addresses.size(); i++) {
            long left = deadline - System.nanoTime();
            int millis = (int) Duration.ofNanos(left / (addresses.size() - i)).toMillis();
            InetSocketAddress address = new InetSocketAddress(addresses.get(i), to.port());
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(address, Math.max(millis, 1));
                return new Wire(socket, Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1)), MOST_BYTES);
            } catch (IOException e) {
                close(socket);
                failures.append(failures.isEmpty() ? "" : "; ")
                        .append(address.getAddress().getHostAddress())
                        .append(": ")
                        .append(e.getMessage());
            }
        }
        throw failed("expected a service at " + to + ", found none (" + failures + ")");
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was never connected.
        }
    }

    /** The platform looks names up without a limit of time, so somebody else waits for it. */
    private List<InetAddress> addresses(HostPort to) throws TlsException {
        Optional<InetAddress> literal = to.literal();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        if (isLoopback(to.host())) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        }
        FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> InetAddress.getAllByName(to.host()));
        Thread.ofVirtual().name("look-up").start(lookUp);
        try {
            InetAddress[] found = lookUp.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return List.of(found).subList(0, Math.min(found.length, MOST_ADDRESSES));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown
                    ? failed(
                            "expected an address for the name " + to.host() + ", found none; is it written right?",
                            unknown)
                    : failed("the name " + to.host() + " could not be looked up: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw failed("the name " + to.host() + " could not be looked up within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        }
    }

    /** RFC 6761, section 6.3, which not every resolver follows. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    private static void tunnel(Wire wire, HostPort proxy, HostPort to) throws IOException, TlsException {
        byte[] question =
                ("CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        wire.write(question, 0, question.length);
        byte[] answer = new byte[MOST_PROXY_ANSWER];
        int length = 0;
        while (!isComplete(answer, length)) {
            // One byte at a time: what follows is the server's.
            if (length == answer.length || wire.read(answer, length, 1) < 0) {
                throw failed("expected the answer of an HTTP proxy from " + proxy + ", found " + length
                        + " bytes of something else");
            }
            length++;
        }
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        String status = text.substring(0, text.indexOf('\r'));
        if (!status.matches("HTTP/1\\.[01] 2[0-9][0-9]( .*)?")) {
            throw failed("expected the proxy " + proxy + " to connect to " + to + ", found: " + status);
        }
    }

    private static boolean isComplete(byte[] answer, int length) {
        return length >= 4
                && answer[length - 4] == '\r'
                && answer[length - 3] == '\n'
                && answer[length - 2] == '\r'
                && answer[length - 1] == '\n';
    }

    private static TlsException failed(String message) {
        return new TlsException(ReasonCode.CONNECTION_FAILED, message);
    }

    private static TlsException failed(String message, Throwable cause) {
        return new TlsException(ReasonCode.CONNECTION_FAILED, message, cause);
    }
}
