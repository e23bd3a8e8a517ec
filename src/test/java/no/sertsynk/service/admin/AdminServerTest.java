package no.sertsynk.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.service.admin.AdminServer.Setting;
import no.sertsynk.service.admin.Desk.Form;
import no.sertsynk.service.admin.Desk.RefreshOrder;
import no.sertsynk.service.admin.Desk.RollbackOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface over real sockets, with requests as they come over the line. */
@Timeout(60)
class AdminServerTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";

    private static final Pattern LENGTH = Pattern.compile("Content-length: ([0-9]+)\r\n");

    private final WordedDesk desk = new WordedDesk();

    @SuppressWarnings("NullAway.Init") // started for each test
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                AdminServer.start(new Setting("127.0.0.1", 0, List.of("admin.example"), TOKEN, Optional.empty()), desk);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Reply(int status, String head, String body) {}

    private String host() {
        return "Host: 127.0.0.1:" + server.port() + "\r\n";
    }

    /** Sends the request as it stands and reads the answer. */
    private Reply send(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                assertThat(next).as(head.toString()).isNotNegative();
                head.append((char) next);
            }
            Matcher length = LENGTH.matcher(head);
            int bytes = request.startsWith("HEAD") || !length.find() ? 0 : Integer.parseInt(length.group(1));
            return new Reply(
                    Integer.parseInt(head.substring(9, 12)),
                    head.toString(),
                    new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
        }
    }

    private Reply get(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }

    private Reply post(String path, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\n" + host() + BEARER + "Connection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/openapi.json", "/", "/page/app.js"})
    void openPaths_needNoToken(String path) throws Exception {
        assertThat(get(path, host()).status()).isEqualTo(200);
    }

    @Test
    void healthThatIsBad_is503() throws Exception {
        desk.isWell = false;

        assertThat(get("/health/live", host()).status()).isEqualTo(503);
        assertThat(get("/health/ready", host()).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer wrong\r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Basic " + TOKEN + "\r\n",
                "Authorization: Bearer " + TOKEN + "0\r\n",
                "Authorization: Bearer " + TOKEN + "\r\nAuthorization: Bearer " + TOKEN + "\r\n",
                "Authorization: " + TOKEN + "\r\n",
                "Cookie: token=" + TOKEN + "\r\n"
            })
    void missingOrWrongToken_is401BeforeAnythingElse(String authorization) throws Exception {
        for (String path :
                new String[] {"/api/v1/status", "/api/v1/none", "/page/", "/page/../", "/api/v1/refresh", "/health/../x"
                }) {
            Reply reply = get(path, "Host: evil.example\r\nOrigin: http://evil.example\r\n" + authorization);

            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.head().toLowerCase(Locale.ROOT)).contains("www-authenticate: bearer");
        }
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void hugeRequestWithoutToken_is401() throws Exception {
        Reply reply = send("POST /api/v1/refresh HTTP/1.1\r\n" + host()
                + "Content-Length: 99999999\r\nConnection: close\r\n\r\n{");

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void foreignHostOrOrigin_is403() throws Exception {
        String port = ":" + server.port();
        for (String headers : new String[] {
            "Host: evil.example" + port + "\r\n",
            "Host: 127.0.0.1\r\n",
            "Host: 127.0.0.1:1\r\n",
            "Host: localhost.evil.example" + port + "\r\n",
            host() + "Origin: http://evil.example\r\n",
            host() + "Origin: null\r\n",
            host() + "Origin: https://127.0.0.1" + port + "\r\n",
            host() + host()
        }) {
            assertThat(get("/api/v1/none", BEARER + headers).status())
                    .as(headers)
                    .isEqualTo(403);
            assertThat(get("/metrics", headers).status()).as(headers).isEqualTo(403);
        }
    }

    @Test
    void ownNames_areWelcome() throws Exception {
        String port = ":" + server.port();
        for (String name : new String[] {"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "admin.example"}) {
            assertThat(get(
                                    "/api/v1/status",
                                    BEARER + "Host: " + name + port + "\r\nOrigin: http://" + name + port + "\r\n")
                            .status())
                    .as(name)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/page/",
                "/page/index.html",
                "/page/../page/app.js",
                "/api/v1",
                "/api/v1/status/",
                "//api/v1/status",
                "/api/v1/./status",
                "/api/v1/../v1/status",
                "/api/v1/%73tatus",
                "/api/v1/status%00",
                "/api/v1/status;x",
                "/API/v1/status",
                "/openapi.json/../../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/api/v1/runs/",
                "/api/v1/runs/../status",
                "/api/v1/runs/00000000-0000-0000-0000-000000000009"
            })
    void everyOtherPath_is404(String path) throws Exception {
        assertThat(get(path, host() + BEARER).status()).isEqualTo(404);
    }

    @Test
    void wrongMethod_is405WithTheRightOne() throws Exception {
        Reply reply = get("/api/v1/refresh", host() + BEARER);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.head()).contains("Allow: POST");

        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X"}) {
            assertThat(send(method + " /api/v1/status HTTP/1.1\r\n" + host() + BEARER + "Connection: close\r\n\r\n")
                            .status())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void head_isAnsweredWithoutBody() throws Exception {
        Reply reply = send("HEAD /health/live HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.head()).contains("Content-length: 17");
    }

    @Test
    void tooLargeBody_is413HoweverItIsSent() throws Exception {
        assertThat(post("/api/v1/refresh", " ".repeat(70_000)).status()).isEqualTo(413);
        String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
        assertThat(send("POST /api/v1/refresh HTTP/1.1\r\n" + host() + BEARER
                                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk.repeat(5)
                                + "0\r\n\r\n")
                        .status())
                .isEqualTo(413);
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void everyAnswer_hasStrictHeaders() throws Exception {
        for (Reply reply : List.of(get("/health/live", host()), get("/none", host()), get("/none", BEARER + host()))) {
            assertThat(reply.head().toLowerCase(Locale.ROOT))
                    .contains("x-content-type-options: nosniff")
                    .contains("content-security-policy: default-src 'none'; frame-ancestors 'none'")
                    .contains("cache-control: no-store")
                    .contains("referrer-policy: no-referrer")
                    .contains("x-frame-options: deny")
                    .doesNotContain("access-control-allow-origin");
        }
    }

    @Test
    void refresh_takesWhatItIsGiven() throws Exception {
        assertThat(post("/api/v1/refresh", "").body()).isEqualTo("{\"runId\":\"" + WordedDesk.RUN + "\"}");
        Reply reply = post(
                "/api/v1/refresh",
                "{\"parties\":[1,\"2\"],\"force\":[\"max-change\"],\"acceptOrganization\":\"983544622\"}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(desk.asked)
                .containsExactly(
                        new RefreshOrder(Set.of(), Set.of(), Optional.empty()),
                        new RefreshOrder(
                                Set.of(new HerId(1), new HerId(2)),
                                EnumSet.of(Guard.MAX_CHANGE),
                                OrganizationNumber.parse("983544622")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{} {}",
                "nonsense",
                "{\"parties\":1}",
                "{\"parties\":[-1]}",
                "{\"parties\":[\"x\"]}",
                "{\"parties\":[[1]]}",
                "{\"parties\":[1],\"parties\":[2]}",
                "{\"party\":[1]}",
                "{\"force\":[\"all\"]}",
                "{\"acceptOrganization\":1}",
                "{\"parties\":[1"
            })
    void mistakenBody_is400(String body) throws Exception {
        Reply reply = post("/api/v1/refresh", body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"message\":\"");
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void deeplyNestedBody_is400() throws Exception {
        assertThat(post("/api/v1/refresh", "{\"x\":" + "[".repeat(5000)).status())
                .isEqualTo(400);
    }

    @Test
    void rollback_takesWhatItIsGivenAndNothingElse() throws Exception {
        assertThat(post("/api/v1/rollback", "{\"keystore\":\"dit\",\"to\":3}").status())
                .isEqualTo(200);
        assertThat(post("/api/v1/rollback", "{\"keystore\":\"dit\",\"release\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(desk.asked)
                .containsExactly(
                        new RollbackOrder("dit", Optional.of(3), false),
                        new RollbackOrder("dit", Optional.empty(), true));
        for (String body : new String[] {
            "",
            "{}",
            "{\"keystore\":1}",
            "{\"keystore\":\"dit\",\"to\":-1}",
            "{\"keystore\":\"dit\",\"to\":99999999999}",
            "{\"keystore\":\"dit\",\"to\":1,\"release\":true}",
            "{\"keystore\":\"dit\",\"release\":1}"
        }) {
            assertThat(post("/api/v1/rollback", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void unexpectedFailure_is500AndTellsNothing() throws Exception {
        Reply reply = post("/api/v1/rollback", "{\"keystore\":\"broken\"}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).doesNotContain("secret");
    }

    @Test
    void formOfAnAnswer_isAsked() throws Exception {
        get("/api/v1/status", host() + BEARER);
        Reply reply =
                get("/api/v1/status?lang=nb&color=always&verbosity=-1", host() + BEARER + "Accept: text/plain\r\n");
        get("/api/v1/status?lang=xx&verbosity=7&%zz=1", host() + BEARER);

        assertThat(reply.body()).isEqualTo("status æ\n");
        assertThat(desk.asked).contains(new Form(true, false, false, 0), new Form(false, true, true, -1));
    }

    @Test
    void history_isOfAParty() throws Exception {
        get("/api/v1/history?party=93238", host() + BEARER);

        assertThat(desk.asked).containsExactly(Optional.of(new HerId(93238)));
        assertThat(get("/api/v1/history?party=x", host() + BEARER).status()).isEqualTo(400);
    }

    @Test
    void refusalOfTheDesk_isTold() throws Exception {
        Reply reply = get("/api/v1/parties", host() + BEARER);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo("{\"message\":\"the state is gone\"}");
    }

    @Test
    void takenPort_isTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> AdminServer.start(
                            new Setting("127.0.0.1", taken.getLocalPort(), List.of(), TOKEN, Optional.empty()), desk))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("admin.listen: expected to listen at 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another");
        }
    }
}
