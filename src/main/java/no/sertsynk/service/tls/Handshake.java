package no.sertsynk.service.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import no.sertsynk.model.ReasonCode;

/**
 * One handshake on a wire, as client or as server. No application data is ever sent, and what comes is not looked at.
 */
final class Handshake {
    /** A handshake takes some tens of steps. */
    private static final int MOST_STEPS = 10_000;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Wire wire;
    private final ByteBuffer out;
    private ByteBuffer in;
    private ByteBuffer ignored;

    /** @param received what was already taken from the wire and belongs to the handshake */
    Handshake(SSLEngine engine, Wire wire, byte[] received) {
        this.engine = engine;
        this.wire = wire;
        int packet = engine.getSession().getPacketBufferSize();
        this.out = ByteBuffer.allocate(packet);
        this.in = ByteBuffer.allocate(Math.max(packet, received.length));
        this.in.put(received).flip();
        this.ignored = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /**
     * Does it.
     *
     * @throws SSLException if one side refuses the other
     * @throws TlsException if the other side is too slow, sends too much or hangs up
     */
    void run() throws IOException, TlsException {
        engine.beginHandshake();
        for (int step = 0; step < MOST_STEPS; step++) {
            wire.checkTime();
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> tasks();
                case NEED_WRAP -> wrap();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap() && !fill(wire.read(space(), in.position(), in.remaining()))) {
                        throw hungUp();
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
        throw new TlsException(ReasonCode.LIMIT_EXCEEDED, "expected a handshake, found one without an end");
    }

    /**
     * Waits for what the other side thinks of the certificate that it asked for: since TLS 1.3 it looks at that after the
     * handshake (RFC 8446, section 4.4.2.4). Silence is consent.
     *
     * @throws SSLException if it refuses
     */
    void awaitRefusal(Duration wait) throws IOException, TlsException {
        try {
            while (!engine.isInboundDone()) {
                if (!unwrap()) {
                    if (!fill(wire.readWithin(wait, space(), in.position(), in.remaining()))) {
                        return;
                    }
                } else if (ignored.position() > 0) {
                    return;
                }
                tasks();
            }
        } catch (TlsException e) {
            if (e.reason().code() != ReasonCode.LIMIT_EXCEEDED) {
                throw e;
            }
        }
    }

    /** Says that this was all, as politely as can be. */
    void close() {
        try {
            engine.closeOutbound();
            for (int i = 0; i < 4 && !engine.isOutboundDone(); i++) {
                wrap();
            }
        } catch (IOException e) {
            // The other side has gone already.
        }
    }

    private void tasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap() throws IOException {
        out.clear();
        engine.wrap(NOTHING, out);
        wire.write(out.array(), 0, out.position());
    }

    /** Takes one record; false if more bytes are needed for that. */
    private boolean unwrap() throws SSLException, TlsException {
        SSLEngineResult result = engine.unwrap(in, ignored);
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW -> {
                ignored = ByteBuffer.allocate(
                        ignored.capacity() + engine.getSession().getApplicationBufferSize());
                yield true;
            }
            case CLOSED -> {
                if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
                    yield false;
                }
                throw hungUp();
            }
        };
    }

    private byte[] space() {
        if (in.limit() == in.capacity() && in.position() == 0) {
            ByteBuffer larger =
                    ByteBuffer.allocate(in.capacity() + engine.getSession().getPacketBufferSize());
            in = larger.put(in);
        } else {
            in.compact();
        }
        return in.array();
    }

    private boolean fill(int count) {
        if (count > 0) {
            in.position(in.position() + count);
        }
        in.flip();
        return count >= 0;
    }

    private TlsException hungUp() {
        return new TlsException(
                ReasonCode.CONNECTION_FAILED,
                wire.received() == 0
                        ? "expected a TLS handshake, found that the other side hung up at once"
                        : "expected a complete TLS handshake, found that the other side hung up after "
                                + wire.received() + " bytes");
    }
}
