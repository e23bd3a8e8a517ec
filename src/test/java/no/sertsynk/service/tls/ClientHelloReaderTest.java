package no.sertsynk.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import no.sertsynk.model.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client hellos as clients send them, cut in all ways, and what is none. */
@Timeout(60)
class ClientHelloReaderTest {
    @Test
    void helloOfTheJdk_isReadWithAllThatIsAsked() throws Exception {
        byte[] hello = hello("ny.localhost", List.of("TLSv1.3", "TLSv1.2"), List.of("h2", "http/1.1"));

        ClientHello read = read(hello);

        assertThat(read.serverName()).contains("ny.localhost");
        assertThat(read.tlsVersions()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(read.applicationProtocols()).containsExactly("h2", "http/1.1");
        assertThat(read.ciphers()).contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(read.survives()).isTrue();
    }

    @Test
    void helloWithoutAName_doesNotSurvive() throws Exception {
        ClientHello read = read(hello("", List.of("TLSv1.2"), List.of()));

        assertThat(read.serverName()).isEmpty();
        assertThat(read.tlsVersions()).containsExactly("TLSv1.2");
        assertThat(read.survives()).isFalse();
    }

    @Test
    void nameWithoutTls12_doesNotSurvive() throws Exception {
        ClientHello read = read(record(message(body(0x0302, new byte[] {0, 0, 0, 6, 0, 4, 0, 0, 1, 'a'}))));

        assertThat(read.serverName()).contains("a");
        assertThat(read.tlsVersions()).containsExactly("TLSv1.1");
        assertThat(read.survives()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void anyFragmentation_givesTheSame(int fragment) throws Exception {
        byte[] hello = hello("ny.localhost", List.of("TLSv1.3"), List.of());
        byte[] message = Arrays.copyOfRange(hello, 5, hello.length);
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        for (int from = 0; from < message.length; from += fragment) {
            cut.writeBytes(record(Arrays.copyOfRange(message, from, Math.min(from + fragment, message.length))));
        }

        assertThat(read(cut.toByteArray())).isEqualTo(read(hello));
    }

    @Test
    void everyCutOfTheBytes_isToldAsHangingUp() throws Exception {
        byte[] hello = hello("ny.localhost", List.of("TLSv1.3"), List.of());

        for (int length = 0; length < hello.length; length += 17) {
            byte[] cut = Arrays.copyOf(hello, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("hung up after " + length + " bytes");
        }
    }

    /** Any damage is read or refused, and never anything else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedHellos_areReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] hello = hello("ny.localhost", List.of("TLSv1.3", "TLSv1.2"), List.of("h2"));
        byte[] body = Arrays.copyOfRange(hello, 9, hello.length);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = body.clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] given = random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
            try {
                ClientHelloParser.parse(given);
            } catch (TlsException e) {
                assertThat(e.reason().code()).isEqualTo(ReasonCode.CONNECTION_FAILED);
                refused++;
            }
        }
        assertThat(refused).as("seed " + seed).isPositive();
    }

    @Test
    void helloBeforeTls_hasNoName() throws Exception {
        // Version 3.1, two suites of which one is of SSL 2 alone, no session id, a challenge of 16 bytes.
        ByteBuffer old = ByteBuffer.allocate(2 + 9 + 6 + 16);
        old.put((byte) 0x80).put((byte) (9 + 6 + 16)).put((byte) 1).putShort((short) 0x0301);
        old.putShort((short) 6).putShort((short) 0).putShort((short) 16);
        old.put((byte) 0).putShort((short) 0x0035).put((byte) 1).putShort((short) 0x0080);

        ClientHello read = read(old.array());

        assertThat(read.serverName()).isEmpty();
        assertThat(read.tlsVersions()).containsExactly("TLSv1");
        assertThat(read.ciphers()).containsExactly("TLS_RSA_WITH_AES_256_CBC_SHA");
    }

    @Test
    void plainText_isToldAsSuch() {
        assertThatThrownBy(() -> read("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("plain text");
    }

    @Test
    void messageThatClaimsToBeHuge_isRefusedAtOnce() {
        assertThatThrownBy(() -> read(record(new byte[] {1, 0x7F, 0, 0, 0, 0})))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void emptyRecords_areRefused() {
        assertThatThrownBy(() -> read(record(new byte[0]))).isInstanceOf(TlsException.class);
    }

    @Test
    void extensionThatComesTwice_isRefused() {
        byte[] twice = {0, 16, 0, 2, 0, 0, 0, 16, 0, 2, 0, 0};

        assertThatThrownBy(() -> read(record(message(body(0x0303, twice))))).hasMessageContaining("twice");
    }

    private static byte[] body(int version, byte[] extensions) {
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 4 + 2 + 2 + extensions.length);
        body.putShort((short) version).put(new byte[32]).put((byte) 0);
        body.putShort((short) 2).putShort((short) 0xC02F).put((byte) 1).put((byte) 0);
        body.putShort((short) extensions.length).put(extensions);
        return body.array();
    }

    private static byte[] message(byte[] body) {
        ByteBuffer message = ByteBuffer.allocate(4 + body.length);
        return message.putInt(1 << 24 | body.length).put(body).array();
    }

    private static byte[] record(byte[] fragment) {
        ByteBuffer record = ByteBuffer.allocate(5 + fragment.length);
        return record.put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) fragment.length)
                .put(fragment)
                .array();
    }

    private static byte[] hello(String name, List<String> versions, List<String> protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
        parameters.setProtocols(versions.toArray(String[]::new));
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ClientHello read(byte[] sent) throws IOException, TlsException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Wire wire = new Wire(server.accept(), Duration.ofSeconds(20), 64 * 1024)) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            return new ClientHelloReader(wire).read();
        }
    }
}
