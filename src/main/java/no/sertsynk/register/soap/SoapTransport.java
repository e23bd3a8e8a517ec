package no.sertsynk.register.soap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Secret;
import no.sertsynk.register.RegisterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries SOAP envelopes over HTTP: bounded in time, size, retries and calls in flight. Redirects are not followed, so
 * that the password goes to one host only.
 */
final class SoapTransport implements AutoCloseable {
    /** Organisations come with all their services and persons; this is far above the largest seen. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int CALLS_IN_FLIGHT = 32;
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(SoapTransport.class);

    private final SoapSettings settings;
    private final URI url;
    private final HttpClient client;
    private final String authorization;
    private final Semaphore inFlight = new Semaphore(CALLS_IN_FLIGHT);
    private volatile Optional<Duration> clockOffset = Optional.empty();
    private volatile Optional<RegisterException> refused = Optional.empty();

    SoapTransport(SoapSettings settings) {
        this.settings = settings;
        this.url = settings.url();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        settings.proxy().ifPresent(builder::proxy);
        settings.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
        this.authorization = basic(settings.username(), settings.password());
    }

    private static String basic(String username, Secret password) {
        char[] characters = password.reveal();
        byte[] secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters)).array();
        int length = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters)).limit();
        byte[] name = (username + ":").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(name, name.length + length);
        System.arraycopy(secret, 0, both, name.length, length);
        String header = "Basic " + Base64.getEncoder().encodeToString(both);
        Arrays.fill(both, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(characters, '\0');
        return header;
    }

    Optional<Duration> clockOffset() {
        return clockOffset;
    }

    /** An answer with an XML body: 200, or 500 with a fault inside. */
    record Answer(int status, byte[] body) {}

    Answer call(String action, String envelope) throws RegisterException {
        Optional<RegisterException> earlier = refused;
        if (earlier.isPresent()) {
            throw earlier.get();
        }
        Instant deadline = Instant.now(settings.clock()).plus(settings.timeout());
        acquire();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(action, envelope, deadline);
                } catch (TransientFailure e) {
                    if (attempt == TRIES || !pauseBefore(attempt, e.retryAfter, deadline)) {
                        throw RegisterException.of(unavailable(String.valueOf(e.getMessage())), e);
                    }
                }
            }
        } finally {
            inFlight.release();
        }
    }

    private void acquire() throws RegisterException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegisterException.of(unavailable("interrupted while waiting for a turn"), e);
        }
    }

    private boolean pauseBefore(int attempt, Optional<Duration> retryAfter, Instant deadline) {
        Duration pause = retryAfter.orElseGet(() -> {
            long base = FIRST_PAUSE.toMillis() << (attempt - 1);
            return Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base));
        });
        if (Instant.now(settings.clock()).plus(pause).isAfter(deadline)) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer once(String action, String envelope, Instant deadline) throws TransientFailure, RegisterException {
        Duration left = Duration.between(Instant.now(settings.clock()), deadline);
        if (!left.isPositive()) {
            throw RegisterException.of(unavailable("no answer within " + settings.timeout().toSeconds() + " s"));
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(left)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"" + action + "\"")
                .header("Authorization", authorization)
                .header("User-Agent", "sertsynk")
                .POST(BodyPublishers.ofString(envelope, StandardCharsets.UTF_8))
                .build();
        var pending = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            // The request's own timeout ends with the header; this one bounds a body that drips.
            HttpResponse<byte[]> response = pending.get(left.toMillis(), TimeUnit.MILLISECONDS);
            return answer(response);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw RegisterException.of(
                    unavailable("no whole answer within " + settings.timeout().toSeconds() + " s"), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw RegisterException.of(unavailable("interrupted while waiting for the answer"), e);
        }
    }

    private TransientFailure failure(Throwable cause) throws RegisterException {
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof IOException && text.contains("body exceeds limit")) {
            throw RegisterException.of(
                    Reason.of(
                            ReasonCode.LIMIT_EXCEEDED,
                            "expected an answer of at most " + MAX_BYTES + " bytes from the register " + url.getHost()
                                    + ", found a larger one"),
                    cause);
        }
        String what = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + text);
        return new TransientFailure(what, Optional.empty(), cause);
    }

    private Answer answer(HttpResponse<byte[]> response) throws TransientFailure, RegisterException {
        observeDate(response);
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            RegisterException refusal = RegisterException.fatal(unavailable("HTTP " + status
                    + ": the user name or password was refused; correct register.soap in the configuration"));
            refused = Optional.of(refusal);
            throw refusal;
        }
        if (status == 429 || status == 502 || status == 503 || status == 504) {
            throw new TransientFailure("HTTP " + status, retryAfter(response), null);
        }
        if (status != 200 && status != 500) {
            throw RegisterException.of(unavailable("HTTP " + status));
        }
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String media = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type.strip();
        if (!media.equals("text/xml") && !media.equals("application/soap+xml") && !media.equals("application/xml")) {
            throw RegisterException.of(
                    unavailable("HTTP " + status + " with content type '" + media + "', expected text/xml"));
        }
        return new Answer(status, response.body());
    }

    private void observeDate(HttpResponse<?> response) {
        response.headers().firstValue("Date").ifPresent(date -> {
            try {
                Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                clockOffset = Optional.of(Duration.between(Instant.now(settings.clock()), told));
            } catch (DateTimeParseException e) {
                // It tells nothing about the clock; the answer itself is still good.
                LOG.debug("the register sent the Date '{}'", date, e);
            }
        });
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private Reason unavailable(String found) {
        return Reason.of(
                ReasonCode.REGISTER_UNAVAILABLE,
                "expected an answer from the register " + url.getHost() + ", found " + found
                        + "; nothing is changed for the party, the next run asks again");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Worth another try. */
    private static final class TransientFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Duration> retryAfter;

        TransientFailure(
                String message, Optional<Duration> retryAfter, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }
    }
}
