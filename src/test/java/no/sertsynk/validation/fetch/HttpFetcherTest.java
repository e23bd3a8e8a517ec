package no.sertsynk.validation.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import no.sertsynk.validation.fetch.Fetcher.Answer;
import no.sertsynk.validation.fetch.Fetcher.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is connected to, and what is read, byte by byte as a server sends it. */
class HttpFetcherTest {
    private static final String HOST = "crl.example.test";

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ServerSocket server;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    asked.add(line);
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    private Answer fetch(String address, AllowedHosts allowed, AllowedHosts.Names names) {
        try (HttpFetcher fetcher =
                new HttpFetcher(allowed, Duration.ofSeconds(20), Optional.empty(), Optional.empty(), names)) {
            return fetcher.fetch(Request.get(URI.create(address), 1000));
        }
    }

    private Answer fetch() {
        return fetch(
                "http://" + HOST + ":" + server.getLocalPort() + "/list?a=b",
                new AllowedHosts(List.of(), List.of(HOST)),
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    /** The platform knows no such name, so that only the address that was looked at can have been connected to. */
    @Test
    void addressThatWasLookedAt_isTheOneThatIsConnectedTo() {
        List<String> resolved = new ArrayList<>();
        Answer found = fetch(
                "http://" + HOST + ":" + server.getLocalPort() + "/list?a=b",
                new AllowedHosts(List.of(), List.of(HOST)),
                host -> {
                    resolved.add(host);
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                });

        assertThat(found)
                .isInstanceOfSatisfying(
                        Answer.Content.class,
                        content -> assertThat(content.bytes()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII)));
        assertThat(resolved).containsExactly(HOST);
        assertThat(asked).contains("GET /list?a=b HTTP/1.1", "Host: " + HOST + ":" + server.getLocalPort());
    }

    @Test
    void nameThatComesToPointInside_isNotConnectedTo() {
        assertThat(fetch("http://" + HOST + "/list", new AllowedHosts(List.of(HOST), List.of()), host ->
                        new InetAddress[] {publicAddress(), InetAddress.getLoopbackAddress()}))
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        failure -> assertThat(failure.why()).contains("internal address 127.0.0.1"));
        assertThat(asked).isEmpty();
    }

    private static InetAddress publicAddress() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) 193, 1, 1, 1});
    }

    @Test
    void redirectToANameThatPointsInside_isNotFollowed() {
        answer = "HTTP/1.1 302 Found\r\nLocation: http://known.test/secret\r\nContent-Length: 0\r\n\r\n";

        assertThat(fetch(
                        "http://" + HOST + ":" + server.getLocalPort() + "/",
                        new AllowedHosts(List.of("known.test"), List.of(HOST)),
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()}))
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        failure -> assertThat(failure.why())
                                .contains("a redirect to http://known.test/secret")
                                .contains("internal address"));
        assertThat(asked).filteredOn(line -> line.startsWith("GET")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~hel~2;x=y~lo~0~~ | hello",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~~ | ''",
                "HTTP/1.0 200 OK~~hello | hello",
                "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 2~~hello | he",
                "HTTP/1.1 200~content-length:5~~hello | hello"
            })
    void bodyOfAnyLegalForm_isRead(String sent, String body) {
        answer = sent.replace("~", "\r\n");

        assertThat(fetch())
                .isInstanceOfSatisfying(
                        Answer.Content.class,
                        content -> assertThat(new String(content.bytes(), StandardCharsets.US_ASCII))
                                .isEqualTo(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ffffffff~hello | more than the 1000 bytes",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-5~hello | no number",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~hello~0~~ | longer than it says",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~9~hello | cut off",
                "HTTP/1.1 200 OK~Content-Length: 9~~hello | cut off",
                "HTTP/1.1 200 OK~Content-Length: 99999999999999~~hello | more than the 1000 bytes",
                "HTTP/1.1 200 OK~Content-Length: -1~~hello | no number",
                "HTTP/1.1 200 OK~no colon~~hello | no HTTP header",
                "SSH-2.0-OpenSSH~~ | not HTTP",
                "HTTP/1.1 2000 OK~~ | not HTTP",
                "HTTP/1.1 204 No Content~~ | HTTP 204",
                "'' | cut off"
            })
    void answerThatIsNone_isAFailureWithItsCause(String sent, String why) {
        answer = sent.replace("~", "\r\n");

        assertThat(fetch())
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        failure -> assertThat(failure.why()).contains(why));
    }
}
