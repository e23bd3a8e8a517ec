package no.sertsynk.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import no.sertsynk.sandbox.SandboxRegisterFault.ContentType;
import no.sertsynk.sandbox.SandboxRegisterFault.Disconnect;
import no.sertsynk.sandbox.SandboxRegisterFault.EntityBomb;
import no.sertsynk.sandbox.SandboxRegisterFault.ExternalEntity;
import no.sertsynk.sandbox.SandboxRegisterFault.Garbage;
import no.sertsynk.sandbox.SandboxRegisterFault.Generic;
import no.sertsynk.sandbox.SandboxRegisterFault.Hang;
import no.sertsynk.sandbox.SandboxRegisterFault.NotHttp;
import no.sertsynk.sandbox.SandboxRegisterFault.Oversize;
import no.sertsynk.sandbox.SandboxRegisterFault.SlowDrip;
import no.sertsynk.sandbox.SandboxRegisterFault.Status;
import no.sertsynk.sandbox.SandboxRegisterFault.Truncated;
import no.sertsynk.sandbox.SandboxRegisterFault.WrongDate;

/** Writes one answer to one connection, right or wrong. Every method says whether the connection can be used again. */
final class SandboxRegisterWire {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final int GARBAGE_BYTES = 5000;
    private static final int PIECE = 64 * 1024;

    private final Socket peer;
    private final String soap;
    private final CountDownLatch closed;

    /** @param closed opens when the register is closed, which ends what never ends */
    SandboxRegisterWire(Socket peer, String soap, CountDownLatch closed) {
        this.peer = peer;
        this.soap = soap;
        this.closed = closed;
    }

    /** An answer of the service. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, byte[] body) {}

    boolean send(Reply reply) throws IOException {
        return send(reply.status, contentType(), "", Duration.ZERO, reply.body);
    }

    boolean refuse() throws IOException {
        return send(401, "text/html", "WWW-Authenticate: Basic realm=\"register\"\r\n", Duration.ZERO, page("401"));
    }

    boolean sendPage(int status) throws IOException {
        return send(status, "text/html", "", Duration.ZERO, page(String.valueOf(status)));
    }

    boolean sendWrong(SandboxRegisterFault fault, Reply right) throws IOException, InterruptedException {
        return switch (fault) {
            case Hang ignored -> {
                closed.await();
                yield false;
            }
            case Disconnect ignored -> false;
            case NotHttp ignored -> raw("220 mail.example ESMTP ready\r\n".getBytes(StandardCharsets.US_ASCII));
            case Status status ->
                send(status.code(), "text/html", headers(status), Duration.ZERO, page("status " + status.code()));
            case ContentType type -> send(right.status, type.value(), "", Duration.ZERO, right.body);
            case Oversize oversize -> oversize(oversize, right);
            case Truncated ignored -> truncated(right);
            case Garbage garbage -> {
                byte[] bytes = new byte[GARBAGE_BYTES];
                new Random(garbage.seed()).nextBytes(bytes);
                yield send(new Reply(200, bytes));
            }
            case EntityBomb ignored -> send(new Reply(200, SandboxRegisterMessages.entityBomb()));
            case ExternalEntity entity -> send(new Reply(200, SandboxRegisterMessages.externalEntity(entity.target())));
            case SlowDrip drip -> drip(drip, right);
            case WrongDate date -> send(right.status, contentType(), "", date.ahead(), right.body);
            case Generic generic ->
                send(new Reply(500, SandboxRegisterMessages.genericFault(soap, generic.code(), generic.message())));
        };
    }

    private static String headers(Status status) {
        return status.retryAfter()
                        .map(value -> "Retry-After: " + value + "\r\n")
                        .orElse("")
                + status.location().map(value -> "Location: " + value + "\r\n").orElse("");
    }

    private boolean send(int status, String contentType, String headers, Duration ahead, byte[] body)
            throws IOException {
        byte[] head = head(status, contentType, headers, ahead, "Content-Length: " + body.length + "\r\n");
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        peer.getOutputStream().write(whole);
        return true;
    }

    private byte[] head(int status, String contentType, String headers, Duration ahead, String length) {
        String date = HTTP_DATE.format(Instant.now().plus(ahead).atZone(ZoneOffset.UTC));
        // The formatter leaves out a leading zero of the day, which HTTP wants.
        String fixed = date.charAt(6) == ' ' ? date.substring(0, 5) + '0' + date.substring(5) : date;
        return ("HTTP/1.1 " + status + " Sandbox\r\nDate: " + fixed + "\r\nContent-Type: " + contentType + "\r\n"
                        + headers + length + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean oversize(Oversize oversize, Reply right) throws IOException {
        OutputStream out = peer.getOutputStream();
        String length = oversize.announced() ? "Content-Length: " + oversize.bytes() + "\r\n" : "Connection: close\r\n";
        out.write(head(right.status, contentType(), "", Duration.ZERO, length));
        out.write(right.body);
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) ' ');
        for (long left = oversize.bytes() - right.body.length; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
        return false;
    }

    private boolean truncated(Reply right) throws IOException {
        OutputStream out = peer.getOutputStream();
        out.write(
                head(right.status, contentType(), "", Duration.ZERO, "Content-Length: " + right.body.length + "\r\n"));
        out.write(right.body, 0, right.body.length / 2);
        return false;
    }

    private boolean drip(SlowDrip drip, Reply right) throws IOException, InterruptedException {
        OutputStream out = peer.getOutputStream();
        out.write(
                head(right.status, contentType(), "", Duration.ZERO, "Content-Length: " + right.body.length + "\r\n"));
        for (byte one : right.body) {
            out.write(one);
            Thread.sleep(drip.between());
        }
        return true;
    }

    private boolean raw(byte[] bytes) throws IOException {
        peer.getOutputStream().write(bytes);
        return false;
    }

    private String contentType() {
        return soap.equals(SandboxRegisterMessages.SOAP_1_2)
                ? "application/soap+xml; charset=utf-8"
                : "text/xml; charset=utf-8";
    }

    private static byte[] page(String text) {
        return ("<html><body>" + text + "</body></html>").getBytes(StandardCharsets.US_ASCII);
    }
}
