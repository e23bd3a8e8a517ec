package no.sertsynk.service.tls;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import no.sertsynk.model.ReasonCode;

/**
 * A connection that is over by a deadline and takes no more than so many bytes, however slowly or fast the other side sends.
 * For one thread; another one may close it.
 */
final class Wire implements Closeable {
    private static final int FIRST = 128;

    private final Socket socket;
    private final InputStream in;
    private final Duration limit;
    private final long deadline;
    private final int mostBytes;
    private int received;
    private byte[] first = new byte[0];

    /** @param limit the time from now that it may take */
    Wire(Socket socket, Duration limit, int mostBytes) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.mostBytes = mostBytes;
    }

    /**
     * Waits for bytes.
     *
     * @return how many came; -1 at the end
     * @throws TlsException if nothing came in time, or more came than is taken
     */
    int read(byte[] buffer, int from, int length) throws IOException, TlsException {
        return readBefore(deadline, buffer, from, length);
    }

    /** The same, but waits no longer than that, which is before the deadline. */
    int readWithin(Duration shorter, byte[] buffer, int from, int length) throws IOException, TlsException {
        return readBefore(Math.min(deadline, System.nanoTime() + shorter.toNanos()), buffer, from, length);
    }

    private int readBefore(long end, byte[] buffer, int from, int length) throws IOException, TlsException {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw tooSlow();
        }
        int count;
        try {
            socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            count = in.read(buffer, from, length);
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        }
        if (count > 0) {
            remember(buffer, from, count);
        }
        return count;
    }

    private void remember(byte[] buffer, int from, int count) throws TlsException {
        int kept = Math.min(count, FIRST - first.length);
        if (kept > 0) {
            int before = first.length;
            first = Arrays.copyOf(first, before + kept);
            System.arraycopy(buffer, from, first, before, kept);
        }
        received += count;
        if (received > mostBytes) {
            throw new TlsException(
                    ReasonCode.LIMIT_EXCEEDED,
                    "expected a handshake of at most " + mostBytes + " bytes, found one that goes on");
        }
    }

    /** @throws TlsException once the deadline is over: the other side may keep us busy with what it has sent already */
    void checkTime() throws TlsException {
        if (System.nanoTime() - deadline >= 0) {
            throw tooSlow();
        }
    }

    private TlsException tooSlow() {
        return new TlsException(
                ReasonCode.LIMIT_EXCEEDED,
                "expected a complete handshake within " + limit.toMillis() + " ms, found "
                        + (received == 0 ? "silence" : "only " + received + " bytes by then"));
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        socket.getOutputStream().write(bytes, from, length);
        socket.getOutputStream().flush();
    }

    /** The first bytes that came, at most {@value #FIRST}. */
    byte[] first() {
        return first.clone();
    }

    int received() {
        return received;
    }

    /** Counts and remembers from here on, such as after what a proxy said. */
    void startOver() {
        received = 0;
        first = new byte[0];
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be said on it.
        }
    }
}
