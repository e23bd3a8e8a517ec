package no.sertsynk.service.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import no.sertsynk.model.ReasonCode;

/**
 * Takes a client hello off a wire, however it is cut into packets and records, and keeps the bytes for the handshake that
 * may follow.
 */
final class ClientHelloReader {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MOST_RECORD = 16 * 1024;
    /** Post-quantum key shares take a few thousand bytes. */
    private static final int MOST_MESSAGE = 48 * 1024;

    private static final int MESSAGE_HEADER = 4;

    private final Wire wire;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    ClientHelloReader(Wire wire) {
        this.wire = wire;
    }

    /** All that was taken so far. */
    byte[] taken() {
        return taken.toByteArray();
    }

    /** @throws TlsException if what comes is none, too large or too slow */
    ClientHello read() throws IOException, TlsException {
        byte[] start = take(5);
        if ((start[0] & 0x80) != 0 && start[2] == CLIENT_HELLO) {
            int length = (start[0] & 0x7F) << 8 | start[1] & 0xFF;
            if (length < 9 || length > MOST_RECORD) {
                throw other(start);
            }
            byte[] body = new byte[length];
            System.arraycopy(start, 2, body, 0, 3);
            System.arraycopy(take(length - 3), 0, body, 3, length - 3);
            return ClientHelloParser.parseOld(body);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (byte[] header = start; ; header = take(5)) {
            int length = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
            if (header[0] != HANDSHAKE || header[1] != 3 || length == 0 || length > MOST_RECORD) {
                throw other(header);
            }
            message.writeBytes(take(length));
            byte[] soFar = message.toByteArray();
            if (soFar[0] != CLIENT_HELLO) {
                throw other(header);
            }
            if (soFar.length >= MESSAGE_HEADER) {
                int whole = (soFar[1] & 0xFF) << 16 | (soFar[2] & 0xFF) << 8 | soFar[3] & 0xFF;
                if (whole > MOST_MESSAGE) {
                    throw new TlsException(
                            ReasonCode.LIMIT_EXCEEDED,
                            "expected a client hello of at most " + MOST_MESSAGE + " bytes, found one of " + whole);
                }
                if (soFar.length >= MESSAGE_HEADER + whole) {
                    return ClientHelloParser.parse(Arrays.copyOfRange(soFar, MESSAGE_HEADER, MESSAGE_HEADER + whole));
                }
            }
        }
    }

    private byte[] take(int length) throws IOException, TlsException {
        byte[] bytes = new byte[length];
        for (int have = 0; have < length; ) {
            int count = wire.read(bytes, have, length - have);
            if (count < 0) {
                throw new TlsException(
                        ReasonCode.CONNECTION_FAILED,
                        "expected a TLS client hello, found that the client hung up after " + wire.received()
                                + " bytes");
            }
            taken.write(bytes, have, count);
            have += count;
        }
        return bytes;
    }

    private TlsException other(byte[] header) {
        boolean isText = header[0] >= ' ' && header[0] < 127;
        return new TlsException(
                ReasonCode.CONNECTION_FAILED,
                "expected a TLS client hello, found "
                        + (isText
                                ? "plain text; the client does not use TLS (https) here"
                                : "a record of type " + (header[0] & 0xFF)));
    }
}
