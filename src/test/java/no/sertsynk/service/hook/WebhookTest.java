package no.sertsynk.service.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event posted to a server on loopback, kind or not. */
class WebhookTest {
    private static final HookEvent EVENT = new HookEvent(
            "dit",
            "/srv/dit.p12",
            "run",
            Instant.parse("2026-11-24T10:00:00Z"),
            7,
            List.of(new HookEvent.Line(
                    Action.ADD,
                    "her-1-signature",
                    new HerId(1),
                    Purpose.SIGNATURE,
                    new Sha256("0".repeat(64)),
                    "CN=\"a\"\n",
                    "because")));

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve("/good", exchange -> exchange.sendResponseHeaders(204, -1));
        serve("/bad", exchange -> exchange.sendResponseHeaders(500, -1));
        serve("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/good");
            exchange.sendResponseHeaders(307, -1);
        });
        serve("/silent", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[8192];
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(block);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            heard.add(told(exchange));
            handler.handle(exchange);
            exchange.close();
        });
    }

    private static String told(HttpExchange exchange) throws IOException {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private HookOutcome call(String path, Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        Hook hook = new Hook.Webhook(url, Optional.of(new Secret("hemmelig".toCharArray())), timeout);
        HookOutcome outcome =
                new HookCaller(Map.of(), new HookNetwork(Optional.empty(), Optional.empty())).call(hook, EVENT);
        assertThat(outcome.toString() + hook.label() + hook.id()).doesNotContain("hemmelig", path);
        return outcome;
    }

    @Test
    void success_hasBeenToldTheEventWithTheToken() {
        assertThat(call("/good?key=1", Duration.ofSeconds(30)).failure()).isEmpty();
        assertThat(heard)
                .containsExactly("POST /good?key=1 Bearer hemmelig application/json"
                                     + " {\"event\":\"keystore-changed\",\"keystore\":\"dit\",\"path\":\"/srv/dit.p12\",\"runId\":\"run\","
                                     + "\"at\":\"2026-11-24T10:00:00Z\",\"generation\":7,\"added\":[{\"alias\":\"her-1-signature\","
                                     + "\"herId\":1,\"purpose\":\"signature\",\"sha256\":\"" + "0".repeat(64)
                        + "\",\"subject\":\"CN=\\\"a\\\"\\n\",\"reason\":\"because\"}],\"promoted\":[],\"retired\":[],"
                        + "\"renamed\":[],\"removed\":[]}\n");
    }

    @Test
    void anotherStatus_isAFailure() {
        assertThat(call("/bad", Duration.ofSeconds(30)).failure())
                .contains("expected an HTTP status of 2xx, found 500");
    }

    @Test
    void redirect_isNotFollowed() {
        assertThat(call("/elsewhere", Duration.ofSeconds(30)).failure()).isPresent();
        assertThat(heard).hasSize(1);
    }

    @Test
    void silence_isAFailureInTime() {
        assertThat(call("/silent", Duration.ofSeconds(1)).failure()).isPresent();
    }

    @Test
    void endlessAnswer_isAFailureInTime() {
        assertThat(call("/endless", Duration.ofSeconds(1)).failure())
                .contains("expected an answer within 1 s, found none");
    }

    @Test
    void nobodyThere_isAFailure() {
        server.stop(0);
        assertThat(call("/good", Duration.ofSeconds(30)).failure())
                .contains("expected an answer, found: ConnectException");
    }
}
