package no.sertsynk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SandboxRelayTest {
    private static final Duration DELAY = Duration.ofMillis(5);

    @Test
    void answers_comeWhole_andNotBeforeTheirTime() throws Exception {
        byte[] question = new byte[200_000];
        new Random(1).nextBytes(question);
        try (ServerSocket echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(echo));
            try (SandboxRelay relay = SandboxRelay.start(echo.getLocalPort(), DELAY);
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
                long asked = System.nanoTime();
                Thread.ofVirtual().start(() -> send(client, question));

                byte[] answer = client.getInputStream().readAllBytes();

                assertThat(answer).isEqualTo(question);
                assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(DELAY.toNanos());
            }
            served.join();
        }
    }

    @Test
    void serverThatIsGone_looksLikeAHangUp() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (SandboxRelay relay = SandboxRelay.start(port, DELAY);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void serveOnce(ServerSocket echo) {
        try (Socket socket = echo.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
