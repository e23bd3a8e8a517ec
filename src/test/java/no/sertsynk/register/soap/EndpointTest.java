package no.sertsynk.register.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.sertsynk.model.Secret;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a password may be sent, and on which way. */
class EndpointTest {
    private static final Secret PASSWORD = new Secret("Fjellstue-42".toCharArray());
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ws.nhn.no/v1/AR/Basic",
                "http://10.0.0.1/v1/AR/Basic",
                "http://0.0.0.0/v1/AR/Basic",
                "http://127.0.0.1.nip.io/v1/AR/Basic",
                "http://localhost.example/v1/AR/Basic",
                "HTTP://ws.nhn.no/",
                "ftp://ws.nhn.no/",
                "file:///etc/passwd",
                "ws.nhn.no",
                "https://",
                "https://user:Fjellstue-42@ws.nhn.no/"
            })
    void addressThatAPasswordMustNotGoTo_isRefused(String url) {
        URI address = url.equals("https://") ? URI.create("https:/") : URI.create(url);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoapRegisters.open(settings(address)))
                .withMessageContaining("expected")
                .satisfies(e -> assertThat(e).hasMessageNotContaining("Fjellstue-42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ws.nhn.no/v1/AR/Basic",
                "http://127.0.0.1:8080/v1/AR/Basic",
                "http://127.9.9.9/",
                "http://[::1]:8080/",
                "http://LOCALHOST:8080/"
            })
    void addressThatAPasswordMayGoTo_isTaken(String url) {
        assertThatCode(() -> SoapRegisters.open(settings(URI.create(url))).close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a\nb"})
    void userNameThatCannotBeSent_isRefused(String username) {
        SoapSettings settings = SoapSettings.of(
                URI.create("https://ws.nhn.no/"), username, PASSWORD, Duration.ofSeconds(1), Clock.systemUTC());

        assertThatIllegalArgumentException().isThrownBy(() -> SoapRegisters.open(settings));
    }

    @Test
    void settings_doNotShowThePassword() {
        assertThat(settings(URI.create("https://ws.nhn.no/")).toString()).doesNotContain("Fjellstue-42");
        assertThat(Credentials.of("orgusr", PASSWORD).toString()).doesNotContain("Fjellstue", "b3Jn");
    }

    @Test
    void credentials_areUtf8() {
        assertThat(Credentials.of("bjørn", new Secret("ÆØÅ".toCharArray())).authorization())
                .isEqualTo("Basic YmrDuHJuOsOGw5jDhQ==");
    }

    @ParameterizedTest
    @CsvSource({"nhn.no, false", ".nhn.no, false", "*, false", "WS.NHN.NO, false", "hn.no, true", "example.no, true"})
    void proxy_isUsedExceptForNamedHosts(String noProxy, boolean used) throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> noteFirstLines(proxy, requests));
            // A port that nobody serves, of a name that leads nowhere.
            SoapSettings settings = settings(
                    URI.create("https://ws.nhn.no.invalid:1/v1/AR/Basic"),
                    Optional.of(URI.create("http://127.0.0.1:" + proxy.getLocalPort())),
                    noProxy.equals("*") ? "*" : noProxy + ".invalid",
                    Optional.empty());
            try (Register register = SoapRegisters.open(settings, AnswerLimits.DEFAULT, duration -> {})) {
                assertThat(RegisterFixture.failureOf(register::ping)).isPresent();
            }
        }
        if (used) {
            assertThat(requests).hasSize(3).containsOnly("CONNECT ws.nhn.no.invalid:1 HTTP/1.1");
        } else {
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void proxy_isNotUsedForLoopback() throws Exception {
        try (RegisterFixture fixture = new RegisterFixture()) {
            SoapSettings base = fixture.settings(Clock.systemUTC());
            SoapSettings settings = new SoapSettings(
                    base.url(),
                    base.username(),
                    base.password(),
                    base.timeout(),
                    Optional.of(URI.create("http://127.0.0.1:1")),
                    List.of(),
                    Optional.empty(),
                    1,
                    base.clock(),
                    "sertsynk");
            try (Register register = fixture.open(settings, AnswerLimits.DEFAULT)) {
                assertThat(register.ping()).isEqualTo("Pong");
            }
        }
    }

    @Test
    void serverThatIsNotTrusted_isNotAskedAgain() throws Exception {
        KeyPair keys = TestCertificate.keyPair();
        Certificate certificate = TestCertificate.create("127.0.0.1", keys).x509();
        HttpsServer server = server(keys, certificate);
        try {
            assertThat(RegisterFixture.failureOf(() -> ping(server, Optional.empty())))
                    .hasValueSatisfying(failure -> assertThat(failure.getMessage())
                            .contains("not trusted", "network.caFile")
                            .doesNotContain("tries"));
            assertThat(ping(server, Optional.of(trusting(certificate)))).isEqualTo("Pong");
        } finally {
            server.stop(0);
        }
    }

    private static String ping(HttpsServer server, Optional<SSLContext> tls) throws RegisterException {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/v1/AR/Basic");
        SoapSettings settings = settings(url, Optional.empty(), "x", tls);
        try (Register register = SoapRegisters.open(settings, AnswerLimits.DEFAULT, duration -> {})) {
            return register.ping();
        }
    }

    private static HttpsServer server(KeyPair keys, Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, STORE_PASSWORD);
        store.setKeyEntry("server", keys.getPrivate(), STORE_PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        byte[] pong = ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><PingResponse"
                        + " xmlns=\"http://register.nhn.no/CommunicationParty\"><PingResult>Pong</PingResult>"
                        + "</PingResponse></s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, pong.length);
            exchange.getResponseBody().write(pong);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static SSLContext trusting(Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, STORE_PASSWORD);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void noteFirstLines(ServerSocket proxy, BlockingQueue<String> lines) {
        while (!proxy.isClosed()) {
            try (var peer = proxy.accept();
                    var reader = new BufferedReader(
                            new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = reader.readLine();
                if (line != null) {
                    lines.add(line);
                }
            } catch (IOException e) {
                // the test is done
            }
        }
    }

    private static SoapSettings settings(URI url) {
        return settings(url, Optional.empty(), "x", Optional.empty());
    }

    private static SoapSettings settings(URI url, Optional<URI> proxy, String noProxy, Optional<SSLContext> tls) {
        return new SoapSettings(
                url,
                "orgusr",
                PASSWORD,
                Duration.ofSeconds(20),
                proxy,
                List.of(noProxy),
                tls,
                4,
                Clock.systemUTC(),
                "sertsynk");
    }
}
