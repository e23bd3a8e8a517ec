package no.sertsynk.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * As much of an HTTP/1.1 server as a SOAP service needs: keep-alive, bodies of a told length, one virtual thread a
 * connection. Not the JDK's server, because that one writes the Date header itself and cannot send anything broken.
 */
final class SandboxRegisterHttp implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 64 * 1024;

    private final ServerSocket listener;
    private final Handler handler;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    /** Answers requests; may do so from many threads at once. */
    @FunctionalInterface
    interface Handler {
        /**
         * Writes the answer.
         *
         * @return whether the connection can take another request
         */
        boolean answer(Request request, Socket peer) throws IOException, InterruptedException;
    }

    /**
     * A request, read to its end.
     *
     * @param headers by lower-case name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String method, String path, Map<String, String> headers, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        boolean isLast() {
            return header("connection").orElse("").equalsIgnoreCase("close");
        }
    }

    private SandboxRegisterHttp(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
        this.acceptor = Thread.ofVirtual().name("sandbox-register").unstarted(this::accept);
    }

    /** Listens on loopback; port 0 takes a free one. */
    static SandboxRegisterHttp start(int port, Handler handler) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        SandboxRegisterHttp server = new SandboxRegisterHttp(listener, handler);
        server.acceptor.start();
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                room.acquire();
                Socket peer = listener.accept();
                open.add(peer);
                if (listener.isClosed()) {
                    closeQuietly(peer);
                }
                Thread.ofVirtual().name("sandbox-register-call").start(() -> serve(peer));
            }
        } catch (IOException e) {
            // closed: the end of this thread
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(peer.getInputStream());
            Optional<Request> request = read(in);
            while (request.isPresent()
                    && handler.answer(request.get(), peer)
                    && !request.get().isLast()) {
                request = read(in);
            }
        } catch (IOException e) {
            // the client has gone, or we close: nobody is left to be told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(peer);
            room.release();
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        String head = readHead(in);
        String[] lines = head.split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int length = length(headers);
        byte[] body = in.readNBytes(length);
        return body.length < length ? Optional.empty() : Optional.of(new Request(start[0], start[1], headers, body));
    }

    /** Empty text at the end of the connection. */
    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        int ends = 0; // how much of CR LF CR LF we have seen
        while (ends < 4) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD) {
                return "";
            }
            head.write(next);
            ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int length(Map<String, String> headers) throws IOException {
        String length = headers.getOrDefault("content-length", "0");
        if (headers.containsKey("transfer-encoding") || !length.matches("[0-9]{1,6}")) {
            throw new IOException("a request body without a told length");
        }
        int bytes = Integer.parseInt(length);
        if (bytes > MAX_BODY) {
            throw new IOException("a request body of " + bytes + " bytes");
        }
        return bytes;
    }

    /** Returns when the port is free again. */
    @Override
    public void close() {
        closeQuietly(listener);
        acceptor.interrupt();
        open.forEach(SandboxRegisterHttp::closeQuietly);
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is closed as far as we can close it
        }
    }
}
