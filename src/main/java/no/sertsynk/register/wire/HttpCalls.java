package no.sertsynk.register.wire;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP requests and their answers within limits of time and size. Safe for threads.
 *
 * <p>Uses {@link HttpURLConnection} on virtual threads, as the SOAP client does and for its reasons: less to load in a cold
 * process, and interrupting a virtual thread closes the socket it waits on, whatever it waits for.
 */
public final class HttpCalls implements AutoCloseable {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Network network;
    private final Optional<SSLSocketFactory> sockets;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("register-call-", 0).factory());

    /** @param clock ours, which the servers' is compared with */
    public HttpCalls(Network network, Clock clock) {
        this.network = network;
        // One factory for all calls: the JDK shares a kept connection only between calls of the same factory.
        this.sockets = network.tls().map(SSLContext::getSocketFactory);
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param body empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, handed on once
    public record Request(String method, URI uri, Map<String, String> headers, byte[] body) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, new byte[0]);
        }
    }

    /**
     * How an answer begins.
     *
     * @param headers by lower-case name, the first of each
     * @param ahead how far the server's clock, by its Date, is ahead of ours; empty if it sent none
     */
    public record Head(int status, Map<String, String> headers, Optional<Duration> ahead) {
        public Head {
            headers = Map.copyOf(headers);
        }

        /** The header, empty text if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** Whether the same question may be answered in a moment. */
        public boolean isTransient() {
            return status == 429 || status == 502 || status == 503 || status == 504;
        }
    }

    /** An answer, read to its end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, handed on once
    public record Answer(Head head, byte[] body) {
        public int status() {
            return head.status();
        }
    }

    /** Reads an answer while it comes. */
    @FunctionalInterface
    public interface Reading<T> {
        /** @param body decoded, and cut off with a {@link TooLargeException} at the limit */
        T read(Head head, InputStream body) throws IOException;
    }

    /**
     * Asks and reads the answer, whatever its status.
     *
     * @throws TooLargeException if the answer is longer than allowed
     * @throws SocketTimeoutException if it was not there in time
     * @throws IOException if there was no whole answer
     */
    public Answer send(Request request, int maxBytes, Duration limit) throws IOException, InterruptedException {
        return stream(request, maxBytes, limit, (head, body) -> new Answer(head, body.readAllBytes()));
    }

    /**
     * Asks, and hands on the answer as it comes; the time limit is for all of it.
     *
     * @throws IOException as {@link #send}, and what the reading throws
     */
    public <T> T stream(Request request, long maxBytes, Duration limit, Reading<T> reading)
            throws IOException, InterruptedException {
        Future<T> answer;
        try {
            answer = threads.submit(() -> exchange(request, maxBytes, limit, reading));
        } catch (RejectedExecutionException e) {
            throw new IOException("the register client is closed", e);
        }
        try {
            return answer.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no whole answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private <T> T exchange(Request request, long maxBytes, Duration limit, Reading<T> reading) throws IOException {
        HttpURLConnection connection = open(request, limit);
        boolean whole = false;
        try {
            if (request.body.length > 0) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(request.body);
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("something that is not HTTP");
            }
            Head head = head(connection, status);
            try (InputStream raw = body(connection, status)) {
                InputStream measured = new Measured(raw, connection.getContentLengthLong());
                T result = reading.read(head, new Limited(decoded(head, measured), maxBytes));
                whole = true;
                return result;
            }
        } finally {
            if (!whole) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection open(Request request, Duration limit) throws IOException {
        URI uri = request.uri;
        HttpURLConnection connection =
                (HttpURLConnection) uri.toURL().openConnection(network.way(String.valueOf(uri.getHost())));
        if (connection instanceof HttpsURLConnection https && sockets.isPresent()) {
            https.setSSLSocketFactory(sockets.get());
        }
        // The caller's time limit comes first; these only end what it could not.
        int millis = Math.clamp(limit.multipliedBy(2).toMillis(), 1, Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(request.method);
        connection.setRequestProperty("User-Agent", network.userAgent());
        request.headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private Head head(HttpURLConnection connection, int status) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> entry :
                connection.getHeaderFields().entrySet()) {
            if (entry.getKey() != null) { // the status line has no name
                // The JDK lists the values of one name from the last to the first.
                headers.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().getLast().strip());
            }
        }
        Instant now = clock.instant();
        return new Head(
                status,
                headers,
                HttpDate.parse(headers.getOrDefault("date", "")).map(servers -> Duration.between(now, servers)));
    }

    private static InputStream body(HttpURLConnection connection, int status) throws IOException {
        InputStream in = status >= FIRST_ERROR_STATUS ? connection.getErrorStream() : connection.getInputStream();
        return in == null ? InputStream.nullInputStream() : in; // an error status without a body
    }

    /** Some servers name gzip where the encoding stands, others say that the content itself is of that type. */
    private static InputStream decoded(Head head, InputStream in) throws IOException {
        String encoding = head.header("content-encoding").toLowerCase(Locale.ROOT);
        boolean zipped = encoding.equals("gzip")
                || encoding.equals("x-gzip")
                || encoding.equals("application/gzip")
                || head.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/gzip");
        if (!zipped && !encoding.isEmpty() && !encoding.equals("identity")) {
            throw new IOException("content encoded as '" + encoding + "'");
        }
        return zipped ? new GZIPInputStream(in, 16 * 1024) : in;
    }

    /** Notices an answer that ends before the length that was told. */
    private static final class Measured extends FilterInputStream {
        private final long announced;
        private long seen;

        Measured(InputStream in, long announced) {
            super(in);
            this.announced = announced;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            note(read < 0 ? -1 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            note(read);
            return read;
        }

        private void note(int read) throws IOException {
            if (read >= 0) {
                seen += read;
            } else if (announced >= 0 && seen < announced) {
                throw new EOFException("an answer that ends after " + seen + " of " + announced + " bytes");
            }
        }
    }

    /** Ends with an exception at a number of bytes. */
    private static final class Limited extends FilterInputStream {
        private final long most;
        private long left;

        Limited(InputStream in, long most) {
            super(in);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            take(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, (int) Math.min(length, left + 1));
            take(Math.max(0, read));
            return read;
        }

        private void take(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new TooLargeException(most);
            }
        }
    }

    /** Ends the calls that are under way; they fail. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
