package no.sertsynk.register.soap;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import no.sertsynk.model.HerId;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.soap.SoapEnvelope.ResultReader;
import no.sertsynk.register.wire.Backoff;
import no.sertsynk.register.wire.Pause;
import no.sertsynk.register.wire.RetryAfter;
import no.sertsynk.register.wire.TooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one question, again where that may help, and reads the answer. A call holds its place among those in flight until
 * its end, pauses included: a register in trouble gets fewer calls.
 */
final class SoapClient {
    private static final String NETWORK_REMEDY = "check register.soap.url, the network and whether the register is up";

    private final HttpPost http;
    private final Failures failures;
    private final Duration timeout;
    private final Clock clock;
    private final AnswerLimits limits;
    private final Backoff backoff;
    private final Pause pause;
    private final Semaphore inFlight;
    private final AccountGate account;

    SoapClient(
            HttpPost http,
            Failures failures,
            SoapSettings settings,
            AnswerLimits limits,
            Backoff backoff,
            Pause pause) {
        this.http = http;
        this.failures = failures;
        this.timeout = settings.timeout();
        this.clock = settings.clock();
        this.limits = limits;
        this.backoff = backoff;
        this.pause = pause;
        this.inFlight = new Semaphore(settings.callsInFlight());
        this.account = new AccountGate(settings.clock());
    }

    AnswerLimits limits() {
        return limits;
    }

    <T> T call(SoapOperation operation, Optional<HerId> herId, ResultReader<T> reader)
            throws RegisterException, SoapFaultException {
        return call(operation, operation.request(herId), reader);
    }

    <T> T call(SoapOperation operation, byte[] request, ResultReader<T> reader)
            throws RegisterException, SoapFaultException {
        try {
            inFlight.acquire();
            try {
                OptionalInt refusedBefore = account.enter();
                if (refusedBefore.isPresent()) {
                    throw failures.refused(refusedBefore.getAsInt());
                }
                return read(ask(operation, request), operation, reader);
            } finally {
                inFlight.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.unavailable("an interrupt of the question", "ask again", e);
        }
    }

    private HttpAnswer ask(SoapOperation operation, byte[] request) throws RegisterException, InterruptedException {
        Instant deadline = clock.instant().plus(timeout.multipliedBy(Backoff.TRIES));
        for (int tries = 1; ; tries++) {
            Try outcome = tryOnce(operation, request, deadline);
            if (outcome instanceof Answered(HttpAnswer answer)) {
                backoff.answered();
                return answer;
            }
            Unanswered unanswered = (Unanswered) outcome;
            Duration wait = backoff.pause(tries, unanswered.askedPause);
            if (operation.isDispensable()
                    || clock.instant().plus(wait).isAfter(deadline)
                    || !backoff.takeRetry(tries)) {
                throw failures.unavailable(
                        unanswered.found + (tries > 1 ? " in " + tries + " tries" : ""),
                        NETWORK_REMEDY,
                        unanswered.cause);
            }
            Log.RETRIES.debug("register_retry tries={} found={} pause={}", tries, unanswered.found, wait);
            pause.of(wait);
        }
    }

    /** Made with the first retry: setting up a logger costs a run without trouble more than anything it would tell. */
    private static final class Log {
        static final Logger RETRIES = LoggerFactory.getLogger(SoapClient.class);
    }

    private sealed interface Try {}

    private record Answered(HttpAnswer answer) implements Try {}

    private record Unanswered(String found, Duration askedPause, Exception cause) implements Try {}

    private Try tryOnce(SoapOperation operation, byte[] request, Instant deadline)
            throws RegisterException, InterruptedException {
        Duration left = Duration.between(clock.instant(), deadline);
        Duration limit = left.compareTo(timeout) < 0 ? left : timeout;
        try {
            HttpAnswer answer = http.post(operation.action(), request, limit);
            if (answer.isRefusal()) {
                account.refused(answer.status());
                throw failures.refused(answer.status());
            }
            if (answer.isTransient()) {
                Duration asked = RetryAfter.parse(answer.retryAfter(), clock.instant());
                String found = "HTTP " + answer.status();
                return new Unanswered(found, asked, new IOException(found));
            }
            return new Answered(answer);
        } catch (TooLargeException e) {
            throw failures.tooMuch(describe(e), e);
        } catch (IOException e) {
            if (isDistrust(e)) {
                throw failures.unavailable(
                        "a TLS certificate that is not trusted (" + e.getMessage() + ")",
                        "check register.soap.url, or name the server's authority in network.caFile",
                        e);
            }
            return new Unanswered(describe(e), Duration.ZERO, e);
        } finally {
            account.tried();
        }
    }

    /** Whether it is the server's certificate that failed: asking again would not help. */
    private static boolean isDistrust(IOException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(IOException e) {
        return switch (e) {
            case SocketTimeoutException late -> String.valueOf(late.getMessage());
            case TooLargeException large -> String.valueOf(large.getMessage());
            case UnknownHostException unknown -> "no address of that name";
            case ConnectException refused -> "no connection (" + refused.getMessage() + ")";
            default -> "a broken connection (" + e.getMessage() + ")";
        };
    }

    private <T> T read(HttpAnswer answer, SoapOperation operation, ResultReader<T> reader)
            throws RegisterException, SoapFaultException {
        int status = answer.status();
        if (status / 100 == 3) {
            throw failures.unavailable(
                    "HTTP " + status + ", a redirection, which is not followed",
                    "put the right address into register.soap.url");
        }
        boolean mayHoldFault = status == 500 || status == 400;
        if (status != 200 && !(mayHoldFault && isXml(answer))) {
            throw failures.unavailable("HTTP " + status, "check register.soap.url, else try again later");
        }
        try {
            requireXml(answer);
            T result = SoapEnvelope.read(answer.body(), limits, operation, reader);
            if (mayHoldFault) {
                throw BadAnswerException.of("HTTP " + status + " without a fault");
            }
            return result;
        } catch (BadAnswerException e) {
            throw failures.badAnswer(e);
        }
    }

    private static void requireXml(HttpAnswer answer) throws BadAnswerException {
        if (!isXml(answer)) {
            throw BadAnswerException.of("content of type '" + XmlValues.shown(answer.contentType()) + "' and not XML");
        }
        if (!answer.contentEncoding().isEmpty() && !answer.contentEncoding().equalsIgnoreCase("identity")) {
            throw BadAnswerException.of("content encoded as '" + XmlValues.shown(answer.contentEncoding()) + "'");
        }
    }

    private static boolean isXml(HttpAnswer answer) {
        String type = answer.contentType();
        int parameters = type.indexOf(';');
        String media =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return media.equals("text/xml") || media.equals("application/xml") || media.equals("application/soap+xml");
    }
}
