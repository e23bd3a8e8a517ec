package no.sertsynk.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers an exchange in the way that a fault says. */
final class SandboxFaultPlayer {
    private static final int PIECE = 64 * 1024;

    /** Opened when the server closes, so that nobody goes on dripping. */
    private final CountDownLatch closed = new CountDownLatch(1);

    void play(SandboxFault fault, HttpExchange exchange, byte[] right) throws IOException {
        try {
            switch (fault) {
                case SandboxFault.Status(int code) -> exchange.sendResponseHeaders(code, -1);
                case SandboxFault.Redirect(var target) -> {
                    exchange.getResponseHeaders().set("Location", target.toString());
                    exchange.sendResponseHeaders(302, -1);
                }
                case SandboxFault.Endless() -> endless(exchange);
                case SandboxFault.SlowDrip(var between) -> drip(exchange, right, between.toMillis());
                case SandboxFault.Hang() -> closed.await();
                case SandboxFault.Disconnect() -> exchange.close();
                case SandboxFault.Truncated() -> {
                    exchange.sendResponseHeaders(200, right.length);
                    exchange.getResponseBody().write(Arrays.copyOf(right, right.length / 2));
                    exchange.getResponseBody().flush();
                    exchange.close();
                }
                case SandboxFault.Garbage(long seed) -> {
                    byte[] garbage = new byte[right.length];
                    new Random(seed).nextBytes(garbage);
                    send(exchange, garbage);
                }
                case SandboxFault.HugeHeader(int bytes) -> {
                    exchange.getResponseHeaders().set("X-Huge", "x".repeat(bytes));
                    send(exchange, right);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[PIECE];
        try (OutputStream out = exchange.getResponseBody()) {
            while (closed.getCount() > 0) {
                out.write(piece);
            }
        }
    }

    private void drip(HttpExchange exchange, byte[] right, long millis) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, right.length);
        for (byte one : right) {
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    void close() {
        closed.countDown();
    }
}
