package no.sertsynk.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a server on loopback and lets every answer arrive later, as over a long line. What is under way at one
 * time is delayed together: the line is long, not narrow.
 */
public final class SandboxRelay implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNKS_UNDER_WAY = 1024;
    private static final Chunk END = new Chunk(new byte[0], 0);

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final long delayNanos;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private record Chunk(byte[] bytes, long dueNanos) {}

    private SandboxRelay(ServerSocket listener, InetSocketAddress server, Duration delay) {
        this.listener = listener;
        this.server = server;
        this.delayNanos = delay.toNanos();
    }

    /** Starts on a free port. */
    public static SandboxRelay start(int serverPort, Duration delay) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket listener = new ServerSocket(0, 128, loopback);
        SandboxRelay relay = new SandboxRelay(listener, new InetSocketAddress(loopback, serverPort), delay);
        Thread.ofPlatform().name("relay-" + serverPort).daemon().start(relay::accept);
        return relay;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            // The relay was closed.
            return;
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        open.add(client);
        open.add(upstream);
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(server);
            BlockingQueue<Chunk> line = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);
            start("requests", client, upstream, () -> forward(client, upstream));
            start("answers", client, upstream, () -> load(upstream, line));
            start("arrivals", client, upstream, () -> unload(line, client));
        } catch (IOException e) {
            // A server that cannot be reached looks to the client as one that hangs up.
            close(client, upstream);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void start(String name, Socket client, Socket upstream, Work work) {
        Thread.ofVirtual().name("relay-" + name).start(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // Either end hung up; so does the other.
                close(client, upstream);
            }
        });
    }

    private static void forward(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
        to.shutdownOutput();
    }

    private void load(Socket from, BlockingQueue<Chunk> line) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[CHUNK_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            line.put(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos));
        }
        line.put(END);
    }

    private static void unload(BlockingQueue<Chunk> line, Socket to) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        for (Chunk chunk = line.take(); chunk != END; chunk = line.take()) {
            TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
            out.write(chunk.bytes());
        }
        to.shutdownOutput();
    }

    private void close(Socket... sockets) {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed is what it was to be.
            }
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // Nobody can connect any more either way.
        }
        close(open.toArray(Socket[]::new));
    }
}
