package no.sertsynk.register.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.rest.JsonMembers.BadJsonException;
import no.sertsynk.register.wire.Backoff;
import no.sertsynk.register.wire.HttpCalls;
import no.sertsynk.register.wire.HttpCalls.Answer;
import no.sertsynk.register.wire.HttpCalls.Head;
import no.sertsynk.register.wire.HttpCalls.Request;
import no.sertsynk.register.wire.Pause;
import no.sertsynk.register.wire.RetryAfter;
import no.sertsynk.register.wire.Throttle;
import no.sertsynk.register.wire.TooLargeException;

/**
 * Asks the API one question, again where that may help: after a while where it is in trouble, at once where it wants a nonce
 * or another token. Answers that the API lets us ask for by condition (ETag) are remembered. Safe for threads.
 */
final class CpapiClient {
    private static final String NETWORK_REMEDY = "check register.cpapi.url, the network and whether the register is up";
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_MODIFIED = 304;

    private final HttpCalls http;
    private final TokenService tokens;
    private final Remembered remembered;
    private final RestFailures failures;
    private final Throttle throttle;
    private final Backoff backoff;
    private final Pause pause;
    private final Duration timeout;
    private final Clock clock;
    private volatile Optional<String> nonce = Optional.empty();
    private volatile Optional<Duration> ahead = Optional.empty();

    CpapiClient(CpapiSettings settings, CpapiSession session, Throttle throttle, Backoff backoff, Pause pause) {
        this.http = session.http();
        this.tokens = session.tokens();
        this.remembered = session.remembered();
        this.failures = new RestFailures("the register at " + settings.base().getAuthority());
        this.throttle = throttle;
        this.backoff = backoff;
        this.pause = pause;
        this.timeout = settings.timeout();
        this.clock = settings.clock();
    }

    RestFailures failures() {
        return failures;
    }

    Optional<Duration> clockOffset() {
        return ahead;
    }

    String ping() throws RegisterException {
        try {
            return "a token good until " + tokens.token().renewAt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.unavailable("an interrupt of the question", "ask again", e);
        }
    }

    /** Reads the JSON of an answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(byte[] body) throws BadJsonException;
    }

    /**
     * What the API answers.
     *
     * @return empty for 404
     */
    <T> Optional<T> get(URI uri, Reader<T> reader) throws RegisterException {
        try (Throttle.Place place = throttle.enter()) {
            return read(uri, ask(uri), reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.unavailable("an interrupt of the question", "ask again", e);
        }
    }

    private Answer ask(URI uri) throws RegisterException, InterruptedException {
        Instant deadline = clock.instant().plus(timeout.multipliedBy(Backoff.TRIES));
        boolean renewed = false;
        boolean challenged = false;
        for (int tries = 1; ; ) {
            AccessToken token = tokens.token();
            String found;
            Duration asked = Duration.ZERO;
            Exception cause;
            try {
                Answer answer = once(uri, token, deadline);
                Head head = answer.head();
                if (head.status() == UNAUTHORIZED && isChallenge(head) && !challenged) {
                    challenged = true;
                    continue;
                }
                if (head.status() == UNAUTHORIZED && !renewed) {
                    renewed = true;
                    tokens.reject(token);
                    continue;
                }
                if (!head.isTransient()) {
                    backoff.answered();
                    return answer;
                }
                found = "HTTP " + head.status();
                asked = RetryAfter.parse(head.header("retry-after"), clock.instant());
                cause = new IOException(found);
            } catch (TooLargeException e) {
                throw failures.tooMuch(RestFailures.describe(e), e);
            } catch (IOException e) {
                if (RestFailures.isDistrust(e)) {
                    throw failures.unavailable(
                            "a TLS certificate that is not trusted (" + e.getMessage() + ")",
                            "check register.cpapi.url, or name the server's authority in network.caFile",
                            e);
                }
                found = RestFailures.describe(e);
                cause = e;
            }
            Duration wait = backoff.pause(tries, asked);
            if (clock.instant().plus(wait).isAfter(deadline) || !backoff.takeRetry(tries)) {
                throw failures.unavailable(found + (tries > 1 ? " in " + tries + " tries" : ""), NETWORK_REMEDY, cause);
            }
            tries++;
            pause.of(wait);
        }
    }

    private static boolean isChallenge(Head head) {
        return !head.header("dpop-nonce").isEmpty()
                && head.header("www-authenticate").contains("use_dpop_nonce");
    }

    private Answer once(URI uri, AccessToken token, Instant deadline) throws IOException, InterruptedException {
        throttle.begin();
        Duration left = Duration.between(clock.instant(), deadline);
        Map<String, String> headers = new HashMap<>(token.headers("GET", uri, serversNow(), nonce));
        headers.put("Accept", "application/json");
        remembered.tag(uri).ifPresent(tag -> headers.put("If-None-Match", tag));
        Answer answer = http.send(Request.get(uri, headers), MAX_BYTES, left.compareTo(timeout) < 0 ? left : timeout);
        answer.head().ahead().ifPresent(told -> ahead = Optional.of(told));
        String next = answer.head().header("dpop-nonce");
        if (!next.isEmpty()) {
            nonce = Optional.of(next);
        }
        return answer;
    }

    private Instant serversNow() {
        return clock.instant()
                .plus(ahead.filter(told -> told.abs().toSeconds() >= 2)
                        .filter(told -> told.abs().compareTo(TokenService.MOST_SKEW) <= 0)
                        .orElse(Duration.ZERO));
    }

    private <T> Optional<T> read(URI uri, Answer answer, Reader<T> reader) throws RegisterException {
        int status = answer.status();
        if (status == 404 || status == 410) {
            return Optional.empty();
        }
        if (status == UNAUTHORIZED || status == 403) {
            throw failures.refused(
                    "HTTP " + status + " " + answer.head().header("www-authenticate"),
                    "check that the client may use this API (register.cpapi.scope, HelseID Selvbetjening); no further"
                            + " question is asked");
        }
        if (status / 100 == 3 && status != NOT_MODIFIED) {
            throw failures.unavailable(
                    "HTTP " + status + ", a redirection, which is not followed",
                    "put the right address into register.cpapi.url");
        }
        byte[] body = status == NOT_MODIFIED ? remembered.body(uri).orElse(new byte[0]) : answer.body();
        if (status != 200 && status != NOT_MODIFIED) {
            throw failures.unavailable("HTTP " + status, "check register.cpapi.url, else try again later");
        }
        try {
            T read = reader.read(body);
            if (status == 200) {
                remembered.put(uri, answer.head().header("etag"), body);
            }
            return Optional.of(read);
        } catch (BadJsonException e) {
            throw failures.unavailable(String.valueOf(e.getMessage()), "check register.cpapi.url and paths", e);
        }
    }

    /** A reader of one object. */
    static <T> Reader<T> object(ObjectReader<T> reader) {
        return body -> reader.read(new ByteArrayInputStream(body));
    }

    /** Reads one object as it comes. */
    @FunctionalInterface
    interface ObjectReader<T> {
        T read(ByteArrayInputStream in) throws BadJsonException;
    }
}
