package no.sertsynk.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import no.sertsynk.sandbox.SandboxRestFault.ExpiredToken;
import no.sertsynk.sandbox.SandboxRestFault.Garbage;
import no.sertsynk.sandbox.SandboxRestFault.Hang;
import no.sertsynk.sandbox.SandboxRestFault.NonceChallenge;
import no.sertsynk.sandbox.SandboxRestFault.Oversize;
import no.sertsynk.sandbox.SandboxRestFault.Slow;
import no.sertsynk.sandbox.SandboxRestFault.Status;
import no.sertsynk.sandbox.SandboxRestFault.Truncated;

/** Writes one answer to one connection, right or wrong. Every method says whether the connection can be used again. */
final class SandboxRestWire {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final byte[] GARBAGE = "{\"herId\": 12, \"name\": \"\u0001".getBytes(StandardCharsets.UTF_8);

    private final Socket peer;
    private final CountDownLatch closed;

    /** @param closed opens when the server is closed, which ends what never ends */
    SandboxRestWire(Socket peer, CountDownLatch closed) {
        this.peer = peer;
        this.closed = closed;
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply json(int status, String json) {
            return new Reply(
                    status,
                    Map.of("Content-Type", "application/json; charset=utf-8"),
                    json.getBytes(StandardCharsets.UTF_8));
        }

        static Reply empty(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    boolean send(Reply reply, Instant now) throws IOException {
        write(reply, now, reply.body.length, reply.body.length);
        return true;
    }

    /** @param challenge what stands for a wish for a nonce, or a token that has ended */
    boolean sendWrong(SandboxRestFault fault, Reply right, Reply challenge, Instant now)
            throws IOException, InterruptedException {
        return switch (fault) {
            case Hang ignored -> {
                closed.await();
                yield false;
            }
            case Slow slow -> {
                Thread.sleep(slow.later()); // a virtual thread: holds nothing scarce
                yield send(right, now);
            }
            case Status status -> {
                Reply page = Reply.json(status.code(), "{\"title\":\"status " + status.code() + "\"}");
                yield send(
                        status.retryAfter()
                                .map(value -> page.with("Retry-After", value))
                                .orElse(page),
                        now);
            }
            case Truncated ignored -> {
                write(right, now, right.body.length, right.body.length / 2);
                yield false;
            }
            case Garbage ignored -> send(new Reply(200, right.headers, GARBAGE), now);
            case Oversize oversize -> {
                byte[] body = Arrays.copyOf(right.body, oversize.bytes());
                Arrays.fill(body, Math.min(right.body.length, body.length), body.length, (byte) ' ');
                yield send(new Reply(right.status, right.headers, body), now);
            }
            case NonceChallenge ignored -> send(challenge, now);
            case ExpiredToken ignored -> send(challenge, now);
        };
    }

    private void write(Reply reply, Instant now, int announced, int bytes) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status + " Sandbox\r\nDate: "
                + HTTP_DATE.format(now.atZone(ZoneOffset.UTC)) + "\r\n");
        reply.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(announced).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + bytes);
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.write(reply.body, 0, bytes);
        whole.writeTo(peer.getOutputStream());
    }
}
