package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listener that clients are pointed at. */
@Timeout(60)
class SniCheckCommandTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CompletableFuture<Integer> code = CompletableFuture.completedFuture(-1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void clientWithName_survivesAndIsShownTheNewCertificate() throws Exception {
        int port = listen("--count", "1", "--json");

        assertThat(connect(port, "ny.example", "TLSv1.3", "TLSv1.2")).isEqualTo("CN=new.localhost");

        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        JsonTree row = JsonTree.read(text());
        assertThat(row.at("/clientHello")).isEqualTo(true);
        assertThat(row.text("/sni")).isEqualTo("ny.example");
        assertThat(row.list("/tlsVersions")).isEqualTo(List.of("TLSv1.3", "TLSv1.2"));
        assertThat(row.text("/ciphers")).contains("TLS_AES_256_GCM_SHA384");
        assertThat(row.at("/survives")).isEqualTo(true);
        assertThat(row.text("/shown")).isEqualTo("new");
        assertThat(row.text("/peer")).startsWith("127.0.0.1:");
        assertThat(row.text("/at")).endsWith("Z");
    }

    @Test
    void clientWithoutName_isShownTheOldCertificateAndDoesNotSurvive() throws Exception {
        int port = listen("--count", "1", "--json");

        assertThat(connect(port, "", "TLSv1.2")).isEqualTo("CN=old.localhost");

        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        JsonTree row = JsonTree.read(text());
        assertThat(row.at("/sni")).isNull();
        assertThat(row.at("/survives")).isEqualTo(false);
        assertThat(row.text("/shown")).isEqualTo("old");
    }

    @Test
    void oldName_isShownTheOldCertificate() throws Exception {
        int port = listen("--count", "1", "--old-name", "gammel.example");

        assertThat(connect(port, "Gammel.example", "TLSv1.3")).isEqualTo("CN=gammel.example");

        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(text()).contains("survives the switch  sends the name Gammel.example; TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource({"'GET / HTTP/1.1\r\n\r\n',plain text", "'',hung up after 0 bytes"})
    void connectionWithoutTls_isALineToo(String sent, String words) throws Exception {
        int port = listen("--count", "1", "--json");

        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
        JsonTree row = JsonTree.read(text());
        assertThat(row.at("/clientHello")).isEqualTo(false);
        assertThat(row.at("/sni")).isNull();
        assertThat(row.at("/survives")).isEqualTo(false);
        assertThat(row.text("/reasons/0/message")).contains(words);
    }

    @Test
    void severalClients_areALineEach() throws Exception {
        int port = listen("--count", "3", "--json");

        connect(port, "a.example", "TLSv1.3");
        connect(port, "", "TLSv1.3");
        connect(port, "b.example", "TLSv1.3");

        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(text().lines()).hasSize(3).allSatisfy(JsonTree::read);
    }

    @Test
    void timeLimit_endsTheWaiting() throws Exception {
        listen("--timeout", "100ms");

        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(text()).isEmpty();
    }

    @Test
    void hostileServerName_isEscaped() throws Exception {
        int port = listen("--count", "1");
        byte[] name = "\u001b[2Jx".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {3, 3});
        body.writeBytes(new byte[33]);
        body.writeBytes(new byte[] {0, 2, 0x13, 1, 1, 0});
        body.writeBytes(new byte[] {0, (byte) (name.length + 9), 0, 0, 0, (byte) (name.length + 5)});
        body.writeBytes(new byte[] {0, (byte) (name.length + 3), 0, 0, (byte) name.length});
        body.writeBytes(name);

        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream to = client.getOutputStream();
            to.write(new byte[] {22, 3, 1, 0, (byte) (body.size() + 4), 1, 0, 0, (byte) body.size()});
            body.writeTo(to);
            client.shutdownOutput();
            assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        }
        assertThat(text()).contains("sends the name \\u001b[2Jx").doesNotContain("\u001b");
    }

    @Test
    void placeThatIsTaken_isAUsageMistake() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--listen", "127.0.0.1:" + taken.getLocalPort())).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--listen,nowhere",
        "--listen,127.0.0.1:99999",
        "--listen=127.0.0.1:0 --count,0",
        "--listen=127.0.0.1:0 --timeout,soon"
    })
    void wrongOptions_areUsageMistakes(String options, String last) {
        List<String> all = new ArrayList<>(List.of(options.split(" ")));
        all.add(last);

        assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(text()).isEmpty();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private int run(String... options) {
        return run(new PrintStream(OutputStream.nullOutputStream()), options);
    }

    private int run(PrintStream err, String... options) {
        List<String> all = new ArrayList<>(List.of("--lang", "en", "sni-check"));
        all.addAll(List.of(options));
        return Main.run(
                all.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                err,
                Clock.systemUTC(),
                name -> Optional.empty());
    }

    /** Starts the command; its port. */
    private int listen(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
        all.addAll(List.of(options));
        PipedInputStream talk = new PipedInputStream();
        PrintStream err = new PrintStream(new PipedOutputStream(talk), true, StandardCharsets.UTF_8);
        code = CompletableFuture.supplyAsync(() -> run(err, all.toArray(String[]::new)), threads);
        String line = new Scanner(talk, StandardCharsets.UTF_8).nextLine();
        return Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:([0-9]+);.*", "$1"));
    }

    /** Completes a handshake; the subject of the certificate that was shown. */
    private static String connect(int port, String name, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
            parameters.setProtocols(protocols);
            socket.setSSLParameters(parameters);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static final class Trusting extends X509ExtendedTrustManager implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
