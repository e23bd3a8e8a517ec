package no.sertsynk.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays a broken TLS 1.2 server: its first flight is written by hand (RFC 5246, section 7.4). */
final class SandboxTlsFaultPlayer {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int MOST_FRAGMENT = 16 * 1024;
    private static final int FATAL = 2;

    /** TLS 1.2, no session, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, no compression, extended master secret. */
    private static final String HELLO_END = "00c02f000004" + "00170000";

    private final CountDownLatch closed = new CountDownLatch(1);

    void play(SandboxTlsFault fault, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        try {
            switch (fault) {
                case SandboxTlsFault.Hang() -> closed.await();
                case SandboxTlsFault.Disconnect() -> {
                    // The caller hangs up.
                }
                case SandboxTlsFault.PlainText(String answer) -> {
                    read(client);
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                    finish(client);
                }
                case SandboxTlsFault.Alert(int description) -> {
                    read(client);
                    out.write(new byte[] {ALERT, 3, 3, 0, 2, FATAL, (byte) description});
                    finish(client);
                }
                case SandboxTlsFault.EndlessHandshake() -> {
                    read(client);
                    out.write(record(serverHello()));
                    endless(out);
                }
                case SandboxTlsFault.SlowHandshake(long between) -> {
                    read(client);
                    for (byte one : record(serverHello())) {
                        out.write(one);
                        if (closed.await(between, TimeUnit.MILLISECONDS)) {
                            return;
                        }
                    }
                }
                case SandboxTlsFault.EmptyChain() -> certificates(client, new byte[0]);
                case SandboxTlsFault.GiganticChain(int bytes) -> certificates(client, entry(new byte[bytes]));
                case SandboxTlsFault.UnreadableCertificate(int bytes) -> certificates(client, entry(new byte[bytes]));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(Socket client) throws IOException {
        byte[] hello = new byte[MOST_FRAGMENT];
        if (client.getInputStream().read(hello) < 0) {
            throw new IOException("the client hung up");
        }
    }

    /** Lets the client read all before the connection goes. */
    private static void finish(Socket client) throws IOException {
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void certificates(Socket client, byte[] list) throws IOException {
        read(client);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(length(list.length));
        body.writeBytes(list);
        OutputStream out = client.getOutputStream();
        out.write(record(serverHello()));
        byte[] message = message(CERTIFICATE, body.toByteArray());
        for (int from = 0; from < message.length; from += MOST_FRAGMENT) {
            byte[] fragment = new byte[Math.min(MOST_FRAGMENT, message.length - from)];
            System.arraycopy(message, from, fragment, 0, fragment.length);
            out.write(record(fragment));
        }
        finish(client);
    }

    /** Requests to begin anew, which a client must ignore while it has begun (RFC 5246, section 7.4.1.1). */
    private void endless(OutputStream out) throws IOException {
        byte[] request = record(message(0, new byte[0]));
        while (closed.getCount() > 0) {
            out.write(request);
        }
    }

    private static byte[] serverHello() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(3);
        body.write(3);
        body.writeBytes(new byte[32]);
        body.writeBytes(HexFormat.of().parseHex(HELLO_END));
        return message(SERVER_HELLO, body.toByteArray());
    }

    private static byte[] entry(byte[] certificate) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(length(certificate.length));
        entry.writeBytes(certificate);
        return entry.toByteArray();
    }

    private static byte[] message(int type, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(type);
        message.writeBytes(length(body.length));
        message.writeBytes(body);
        return message.toByteArray();
    }

    private static byte[] length(int length) {
        return new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    private static byte[] record(byte[] fragment) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {HANDSHAKE, 3, 3, (byte) (fragment.length >> 8), (byte) fragment.length});
        record.writeBytes(fragment);
        return record.toByteArray();
    }

    void close() {
        closed.countDown();
    }
}
