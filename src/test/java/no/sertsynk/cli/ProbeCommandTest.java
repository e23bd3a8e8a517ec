package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxIdentity;
import no.sertsynk.sandbox.SandboxTlsFault;
import no.sertsynk.sandbox.SandboxTlsServer;
import no.sertsynk.sandbox.SandboxTlsServer.Setting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe against TLS servers on loopback, good and broken ones. Works without any configuration. */
@Timeout(60)
class ProbeCommandTest {
    private static final Instant NOW = Instant.now();
    private static final Instant FROM = NOW.minus(Duration.ofDays(10));
    private static final Instant TO = NOW.plus(Duration.ofDays(100));
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Tjeneste", NOW, Optional.empty());
    private static final SandboxIdentity OLD = AUTHORITY.server(List.of("gammel.localhost"), FROM, TO);
    private static final SandboxIdentity OLD_UNDER_NEW_NAME = AUTHORITY.server(List.of("ny.localhost"), FROM, TO);
    private static final SandboxIdentity NEW = AUTHORITY.server(List.of("ny.localhost"), FROM, TO);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<SandboxTlsServer> servers = new ArrayList<>();
    private Path trust = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void trust() throws Exception {
        trust = pem("trust.pem", AUTHORITY.root().getEncoded());
    }

    @AfterEach
    void stop() {
        servers.forEach(SandboxTlsServer::close);
    }

    @Test
    void nameThatDecides_isToldWithBothCertificates() throws Exception {
        SandboxTlsServer server = start(Setting.of(OLD).withName("ny.localhost", NEW));

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).as(out + err).isZero();
        JsonTree row = json();
        assertThat(row.text("/url")).isEqualTo(url("ny.localhost", server));
        assertThat(row.text("/withSni/sha256"))
                .isEqualTo(NEW.certificate().sha256().hex());
        assertThat(row.text("/withSni/subject")).isEqualTo("CN=ny.localhost");
        assertThat(Instant.parse(row.text("/withSni/notAfter")))
                .isEqualTo(NEW.certificate().notAfter());
        assertThat(row.text("/withSni/tlsVersion")).isEqualTo("TLSv1.3");
        assertThat(row.at("/withSni/error")).isNull();
        assertThat(row.list("/withSni/path")).hasSize(2);
        assertThat(row.text("/withoutSni/sha256"))
                .isEqualTo(OLD.certificate().sha256().hex());
        assertThat(row.text("/otherName/sha256"))
                .isEqualTo(OLD.certificate().sha256().hex());
        assertThat(row.at("/tlsVersions")).isEqualTo(List.of("TLSv1.3", "TLSv1.2"));
        assertThat(row.text("/verdict")).isEqualTo("works only with SNI");
        assertThat(row.list("/reasons")).isEmpty();
    }

    @Test
    void eachClient_sendsItsNameAndNothingBeyondTheHandshake() throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW));

        probe("--trust", trust.toString(), "--other-name", "annen.example", url("ny.localhost", server));

        List<SandboxTlsServer.Visit> visits = server.visits(4, Duration.ofSeconds(20));
        assertThat(visits).allMatch(SandboxTlsServer.Visit::complete).allMatch(visit -> visit.applicationBytes() == 0);
        Set<Optional<String>> names = new HashSet<>();
        visits.forEach(visit -> names.add(visit.serverName()));
        assertThat(names)
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of("ny.localhost"), Optional.of("annen.example"));
    }

    @Test
    void twoUrls_areEachOthersOtherName() throws Exception {
        SandboxTlsServer server = start(Setting.of(OLD).withName("ny.localhost", NEW));

        int code = probe(
                "--trust", trust.toString(), "--json", url("ny.localhost", server), url("gammel.localhost", server));

        assertThat(code).as(out + err).isZero();
        List<String> rows = out.lines().toList();
        assertThat(rows).hasSize(2);
        JsonTree old = JsonTree.read(rows.get(1));
        assertThat(old.text("/otherName/name")).isEqualTo("ny.localhost");
        assertThat(old.text("/otherName/sha256"))
                .isEqualTo(NEW.certificate().sha256().hex());
        assertThat(old.text("/verdict")).isEqualTo("works with and without SNI");
    }

    @Test
    void serverThatRefusesUnknownNames_worksOnlyWithSni() throws Exception {
        SandboxTlsServer server =
                start(Setting.of(OLD).withName("ny.localhost", NEW).withoutDefault());

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).as(out + err).isZero();
        assertThat(json().text("/verdict")).isEqualTo("works only with SNI");
        assertThat(json().text("/withoutSni/error")).contains("alert");
    }

    @Test
    void oldCertificateUnderTheNewName_isWrong() throws Exception {
        SandboxTlsServer server = start(Setting.of(OLD));

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly("WRONG_NAME");
        assertThat(json().text("/verdict"))
                .contains("works with and without SNI")
                .contains("expected a certificate for ny.localhost, found one for gammel.localhost");
    }

    @Test
    void pinnedCertificate_needsNoTrust() throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW));
        Path pinned = pem("new.pem", NEW.certificate().der());
        Path other = pem("old.pem", OLD.certificate().der());

        int right = probe("--expect", pinned.toString(), "--json", url("ny.localhost", server));
        assertThat(right).as(out + err).isZero();
        int wrong = probe("--expect", other.toString(), "--json", url("ny.localhost", server));

        assertThat(wrong).isEqualTo(1);
        assertThat(codes()).containsExactly("UNTRUSTED");
        assertThat(out).contains("expected one of the certificates that were named");
    }

    @Test
    void selfSignedCertificate_isUntrusted() throws Exception {
        SandboxTlsServer server = start(Setting.of(SandboxIdentity.selfSigned(List.of("ny.localhost"), FROM, TO)));

        int code = probe("--json", url("ny.localhost", server));

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly("UNTRUSTED");
        assertThat(out).contains("signed by itself");
    }

    @Test
    void expiredCertificate_isToldWithItsEnd() throws Exception {
        Instant ended = NOW.minus(Duration.ofDays(1));
        SandboxTlsServer server = start(Setting.of(AUTHORITY.server(List.of("ny.localhost"), FROM, ended)));

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly("EXPIRED");
        assertThat(json().text("/verdict")).contains("found one that ended");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new SandboxTlsFault.Hang(), "LIMIT_EXCEEDED", "found silence"),
                Arguments.of(new SandboxTlsFault.Disconnect(), "CONNECTION_FAILED", "hung up"),
                Arguments.of(
                        new SandboxTlsFault.PlainText("HTTP/1.1 400 Bad Request\r\n\r\n"),
                        "CONNECTION_FAILED",
                        "speaks something else: 'HTTP/1.1 400 Bad Request'"),
                Arguments.of(new SandboxTlsFault.Alert(40), "CONNECTION_FAILED", "alert handshake_failure"),
                Arguments.of(new SandboxTlsFault.EndlessHandshake(), "LIMIT_EXCEEDED", "handshake"),
                Arguments.of(new SandboxTlsFault.SlowHandshake(150), "LIMIT_EXCEEDED", "bytes by then"),
                Arguments.of(new SandboxTlsFault.EmptyChain(), "MALFORMED_CERTIFICATE", "certificate chain"),
                Arguments.of(new SandboxTlsFault.GiganticChain(4_000_000), "LIMIT_EXCEEDED", "usual size"),
                Arguments.of(new SandboxTlsFault.UnreadableCertificate(300), "MALFORMED_CERTIFICATE", "readable"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void brokenServer_givesOneClearLineInTime(SandboxTlsFault fault, String reason, String words) throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW));
        server.breakWith(fault);

        int code = probe("--timeout", "2s", "--json", url("ny.localhost", server));

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly(reason);
        assertThat(json().text("/reasons/0/message")).contains(words).doesNotContain("\n");
        assertThat(json().text("/verdict")).startsWith("no TLS connection: ");
        assertThat(json().text("/withSni/error")).isNotEmpty();
        assertThat(err).isEmpty();
    }

    @Test
    void serverThatDemandsACertificate_isToldAndTakesTheRightOne() throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW).withClientsOf(AUTHORITY.root()));
        Path keystore = folder.resolve("client.p12");
        char[] password = "hemmelig".toCharArray();
        Path passwordFile = Files.writeString(folder.resolve("client.password"), "hemmelig\n");
        String url = url("ny.localhost", server);

        int without = probe("--trust", trust.toString(), "--json", url);
        assertThat(without).isEqualTo(1);
        assertThat(json().text("/verdict")).startsWith("wants a client certificate that it knows");
        assertThat(json().text("/withSni/sha256"))
                .isEqualTo(NEW.certificate().sha256().hex());
        assertThat(json().at("/withSni/clientCertificate")).isEqualTo(true);

        store(SandboxIdentity.selfSigned(List.of("fremmed.example"), FROM, TO), keystore, password);
        int unknown = probe(
                "--trust",
                trust.toString(),
                "--client-keystore",
                keystore.toString(),
                "--client-password-file",
                passwordFile.toString(),
                "--json",
                url);
        assertThat(unknown).isEqualTo(1);
        assertThat(json().text("/verdict")).startsWith("wants a client certificate that it knows");

        store(AUTHORITY.server(List.of("epj.example"), FROM, TO), keystore, password);
        int right = probe(
                "--trust",
                trust.toString(),
                "--client-keystore",
                keystore.toString(),
                "--client-password-file",
                passwordFile.toString(),
                "--json",
                url);
        assertThat(right).as(out + err).isZero();
    }

    @Test
    void demandedCertificateOfTls12_isToldToo() throws Exception {
        SandboxTlsServer server =
                start(Setting.of(NEW).withClientsOf(AUTHORITY.root()).withProtocols("TLSv1.2"));

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).isEqualTo(1);
        assertThat(json().text("/verdict")).startsWith("wants a client certificate that it knows");
    }

    @Test
    void serverOfTls12Alone_isToldSo() throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW).withProtocols("TLSv1.2"));

        int code = probe("--trust", trust.toString(), "--json", url("ny.localhost", server));

        assertThat(code).as(out + err).isZero();
        assertThat(json().at("/tlsVersions")).isEqualTo(List.of("TLSv1.2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ny.localhost",
                "ny.localhost",
                "https://",
                "https://:443",
                "https://ny.localhost:99999",
                "https://ny.localhost:0",
                "https://ny.localhost:x",
                "https://navn@ny.localhost",
                "https://[::1",
                "https://[ny.localhost]",
                "https://a b",
                "https://ny..localhost",
                "ftp://ny.localhost",
                ""
            })
    void wrongUrl_isAUsageMistake(String url) {
        assertThat(probe("--json", url)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(1).first().asString().contains("expected");
    }

    @Test
    void userInformationOfAUrl_isNotRepeated() {
        assertThat(probe("https://ola:hemmelig@ny.localhost")).isEqualTo(2);
        assertThat(err).doesNotContain("hemmelig");
    }

    @Test
    void nobodyThere_isAFailedConnection() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        int code = probe("--json", "https://ny.localhost:" + port);

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly("CONNECTION_FAILED");
        assertThat(out).contains("expected a service at ny.localhost:" + port);
    }

    @Test
    void connect_goesElsewhereWithTheNameOfTheUrl() throws Exception {
        SandboxIdentity identity = AUTHORITY.server(List.of("tjeneste.example"), FROM, TO);
        SandboxTlsServer server = start(Setting.of(OLD).withName("tjeneste.example", identity));

        int code = probe(
                "--trust",
                trust.toString(),
                "--connect",
                "127.0.0.1:" + server.port(),
                "--json",
                "https://tjeneste.example/sti?x=1");

        assertThat(code).as(out + err).isZero();
        assertThat(json().text("/withSni/sha256"))
                .isEqualTo(identity.certificate().sha256().hex());
    }

    @Test
    void nameInAnotherScript_isSentInItsAsciiForm() throws Exception {
        SandboxIdentity identity = AUTHORITY.server(List.of("xn--blbr-roah.localhost"), FROM, TO);
        SandboxTlsServer server = start(Setting.of(OLD).withName("xn--blbr-roah.localhost", identity));

        int code = probe("--trust", trust.toString(), "--json", url("Blåbær.localhost", server));

        assertThat(code).as(out + err).isZero();
        assertThat(json().text("/withSni/name")).isEqualTo("xn--blbr-roah.localhost");
    }

    @Test
    void numericAddress_isAskedWithoutAName() throws Exception {
        SandboxTlsServer server = SandboxTlsServer.start(Setting.of(OLD), InetAddress.ofLiteral("::1"));
        servers.add(server);

        int code = probe("--trust", trust.toString(), "--json", "https://[::1]:" + server.port());

        assertThat(code).isEqualTo(1);
        assertThat(codes()).containsExactly("WRONG_NAME");
        assertThat(json().text("/verdict")).startsWith("has a numeric address");
        assertThat(json().text("/withoutSni/sha256"))
                .isEqualTo(OLD.certificate().sha256().hex());
    }

    @Test
    void proxy_isAskedToConnect() throws Exception {
        SandboxIdentity identity = AUTHORITY.server(List.of("tjeneste.example"), FROM, TO);
        SandboxTlsServer server = start(Setting.of(identity));
        try (TunnelProxy proxy = new TunnelProxy(server.port(), "HTTP/1.1 200 Connection established\r\n\r\n")) {
            int code = probe(
                    "--trust",
                    trust.toString(),
                    "--proxy",
                    "127.0.0.1:" + proxy.port(),
                    "--json",
                    "https://tjeneste.example:8443");

            assertThat(code).as(out + err).isZero();
            assertThat(proxy.questions()).contains("CONNECT tjeneste.example:8443 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "SSH-2.0-OpenSSH\r\n\r\n", "x"})
    void proxyThatRefuses_isAFailedConnection(String answer) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(0, answer)) {
            int code = probe("--timeout", "5s", "--proxy", "127.0.0.1:" + proxy.port(), "--json", "https://a.example");

            assertThat(code).isEqualTo(1);
            assertThat(codes()).containsExactly("CONNECTION_FAILED");
            assertThat(out).contains("proxy");
        }
    }

    @Test
    void text_tellsTheVerdictFirst() throws Exception {
        SandboxTlsServer server = start(Setting.of(OLD).withName("ny.localhost", NEW));
        String url = url("ny.localhost", server);

        assertThat(probe("--trust", trust.toString(), url)).as(out + err).isZero();
        assertThat(out.lines().findFirst()).contains(url + "  works only with SNI");
        assertThat(out).contains("with SNI").contains("CN=ny.localhost").contains("TLSv1.3, TLSv1.2");
    }

    @Test
    void keystoresOfTheConfiguration_areComparedWithWhatIsPresented() throws Exception {
        SandboxTlsServer server = start(Setting.of(NEW));
        Files.writeString(folder.resolve("dit.pem"), pemText(NEW.certificate().der()));
        Files.writeString(folder.resolve("password"), "secret");
        Path configuration = Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register: {soap: {username: a, passwordFile: password}}
            trust: {anchors: []}
            keystores:
              - {name: dit, path: dit.pem, type: PEM}
            parties: []
            state: state
            """);

        int code = run(
                "--config",
                configuration.toString(),
                "probe",
                "--trust",
                trust.toString(),
                "--json",
                url("ny.localhost", server));

        assertThat(code).as(out + err).isZero();
        assertThat(json().at("/keystores/0/holds")).isEqualTo("certificate");
    }

    @Test
    void withoutUrl_everyAddressOfTheServicesIsComparedWithItsFiles() throws Exception {
        SandboxTlsServer old = start(Setting.of(OLD));
        SandboxTlsServer fresh = start(Setting.of(OLD).withName("ny.localhost", NEW));
        SandboxTlsServer late = start(Setting.of(OLD).withName("ny.localhost", OLD_UNDER_NEW_NAME));
        pem("old.pem", OLD.certificate().der());
        pem("older.pem", OLD_UNDER_NEW_NAME.certificate().der());
        pem("new.pem", NEW.certificate().der());
        String configuration = configuration(
                """
                services:
                  - name: portal
                    kind: direct
                    oldUrl: %s
                    newUrl: [%s, %s]
                    oldCertificates: [old.pem, older.pem]
                    newCertificates: [new.pem]
                """.formatted(url("gammel.localhost", old), url("ny.localhost", fresh), url("ny.localhost", late)));

        int code = run("--config", configuration, "--lang", "en", "probe", "--json");

        assertThat(code).as(out + err).isEqualTo(1);
        List<JsonTree> rows = out.lines().map(JsonTree::read).toList();
        assertThat(rows).extracting(row -> row.text("/service")).containsOnly("portal");
        assertThat(rows).extracting(row -> row.text("/side")).containsExactly("old", "new", "new");
        assertThat(rows.get(0).list("/reasons")).isEmpty();
        assertThat(rows.get(0).text("/otherName/name")).isEqualTo("ny.localhost");
        assertThat(rows.get(1).text("/verdict")).isEqualTo("works only with SNI");
        assertThat(rows.get(2).text("/reasons/0/code")).isEqualTo("UNTRUSTED");
        assertThat(rows.get(2).text("/verdict"))
                .contains("expected a new certificate at the new address, found an old one still");
    }

    @Test
    void oldCertificateOnTheNewAddress_isToldWithoutTheNewOnesFileToo() throws Exception {
        SandboxTlsServer late = start(Setting.of(OLD_UNDER_NEW_NAME));
        pem("old.pem", OLD_UNDER_NEW_NAME.certificate().der());
        String configuration = configuration("""
            services:
              - {name: portal, kind: direct, newUrl: "%s", oldCertificates: [old.pem]}
            """.formatted(url("ny.localhost", late)));

        int code = run("--config", configuration, "--lang", "en", "probe", "--trust", trust.toString());

        assertThat(code).as(out + err).isEqualTo(1);
        assertThat(out).contains("new address of the service portal").contains("found an old one still");
    }

    @Test
    void withoutUrlAndServices_itSaysWhereTheyMayStand() throws Exception {
        assertThat(run("--config", configuration(""), "--lang", "en", "probe")).isEqualTo(2);
        assertThat(err).contains("under services in the configuration, found 0");
        assertThat(probe()).isEqualTo(2);
    }

    private String configuration(String services) throws IOException {
        Files.writeString(folder.resolve("password"), "secret");
        return Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register: {soap: {username: a, passwordFile: password}}
            state: state
            """ + services)
                .toString();
    }

    private SandboxTlsServer start(Setting setting) throws IOException {
        SandboxTlsServer server = SandboxTlsServer.start(setting);
        servers.add(server);
        return server;
    }

    private static String url(String host, SandboxTlsServer server) {
        return "https://" + host + ":" + server.port();
    }

    private int probe(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--lang", "en", "probe"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(talk, true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                name -> Optional.empty());
        out = results.toString(StandardCharsets.UTF_8);
        err = talk.toString(StandardCharsets.UTF_8);
        return code;
    }

    private JsonTree json() {
        return JsonTree.read(out);
    }

    private List<String> codes() {
        JsonTree row = json();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < row.list("/reasons").size(); i++) {
            codes.add(row.text("/reasons/" + i + "/code"));
        }
        return codes;
    }

    private Path pem(String name, byte[] der) throws IOException {
        return Files.writeString(folder.resolve(name), pemText(der));
    }

    private static String pemText(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void store(SandboxIdentity identity, Path file, char[] password) throws Exception {
        try (OutputStream stream = Files.newOutputStream(file)) {
            identity.keyStore(password).store(stream, password);
        }
    }

    /** An HTTP proxy that leads everybody to one port of loopback, after that answer. */
    private static final class TunnelProxy implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> questions = new ArrayList<>();
        private final int target;
        private final String answer;

        TunnelProxy(int target, String answer) throws IOException {
            this.target = target;
            this.answer = answer;
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        synchronized List<String> questions() {
            return List.copyOf(questions);
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        private void serve(Socket client) {
            try (client) {
                StringBuilder question = new StringBuilder();
                InputStream in = client.getInputStream();
                while (!question.toString().endsWith("\r\n\r\n")) {
                    question.append((char) in.read());
                }
                synchronized (this) {
                    questions.add(question.substring(0, question.indexOf("\r")));
                }
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (target > 0) {
                    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
                        Thread.ofVirtual().start(() -> pump(client, upstream));
                        upstream.getInputStream().transferTo(client.getOutputStream());
                    }
                }
            } catch (IOException e) {
                // One of them hung up.
            }
        }

        private static void pump(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // One of them hung up.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
