package no.sertsynk.register.soap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.register.wire.HttpDate;
import no.sertsynk.register.wire.TooLargeException;

/**
 * One HTTP request and its answer within a time limit.
 *
 * <p>Uses {@link HttpURLConnection} on virtual threads, not {@code java.net.http}: for 1,000 calls of 6.5 kB to loopback,
 * 32 in flight, in a cold JVM on two cores it needed 0.31 to 0.42 s and 0.5 s of processor time, the other 0.70 to 0.99 s
 * and 1.2 s.
 *
 * <p>Every try has a virtual thread of its own. The JDK's time limits are those of single reads, so a server that drips a
 * byte at a time never meets them; interrupting a virtual thread closes the socket it waits on, whatever it waits for.
 */
final class HttpPost implements AutoCloseable {
    /** Read once by the JDK, before its first connection; its own value of 5 would close most of ours after each call. */
    private static final String KEPT_CONNECTIONS = "http.maxConnections";

    private static final int FIRST_ERROR_STATUS = 400;

    private final Endpoint endpoint;
    private final Clock clock;
    private final int maxBytes;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("register-call-", 0).factory());

    private volatile Optional<Duration> clockOffset = Optional.empty();

    HttpPost(Endpoint endpoint, Clock clock, int maxBytes) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.maxBytes = maxBytes;
        System.getProperties().putIfAbsent(KEPT_CONNECTIONS, String.valueOf(SoapSettings.DEFAULT_CALLS_IN_FLIGHT));
    }

    /**
     * Posts the body and reads the answer, whatever its status.
     *
     * @throws TooLargeException if the answer is longer than allowed
     * @throws SocketTimeoutException if it was not there in time
     * @throws IOException if there was no whole answer
     */
    HttpAnswer post(String soapAction, byte[] body, Duration limit) throws IOException, InterruptedException {
        Future<HttpAnswer> answer;
        try {
            answer = threads.submit(() -> exchange(soapAction, body));
        } catch (RejectedExecutionException e) {
            throw new IOException("the register client is closed", e);
        }
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no whole answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    Optional<Duration> clockOffset() {
        return clockOffset;
    }

    private HttpAnswer exchange(String soapAction, byte[] body) throws IOException {
        HttpURLConnection connection = endpoint.open(soapAction);
        boolean whole = false;
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("something that is not HTTP");
            }
            noteDate(header(connection, "Date"));
            HttpAnswer answer = new HttpAnswer(
                    status,
                    header(connection, "Content-Type"),
                    header(connection, "Content-Encoding"),
                    header(connection, "Retry-After"),
                    read(connection, status));
            whole = true;
            return answer;
        } finally {
            if (!whole) {
                connection.disconnect();
            }
        }
    }

    private static String header(HttpURLConnection connection, String name) {
        return Optional.ofNullable(connection.getHeaderField(name))
                .map(String::strip)
                .orElse("");
    }

    private void noteDate(String date) {
        Instant now = clock.instant();
        HttpDate.parse(date).ifPresent(registers -> clockOffset = Optional.of(Duration.between(now, registers)));
    }

    private byte[] read(HttpURLConnection connection, int status) throws IOException {
        long announced = connection.getContentLengthLong();
        if (announced > maxBytes) {
            throw new TooLargeException(maxBytes);
        }
        try (InputStream in =
                status >= FIRST_ERROR_STATUS ? connection.getErrorStream() : connection.getInputStream()) {
            if (in == null) {
                return new byte[0]; // an error status without a body
            }
            byte[] body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                connection.disconnect();
                throw new TooLargeException(maxBytes);
            }
            if (announced >= 0 && body.length < announced) {
                throw new EOFException("an answer that ends after " + body.length + " of " + announced + " bytes");
            }
            return body;
        }
    }

    /** Ends the calls that are under way; they fail. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
