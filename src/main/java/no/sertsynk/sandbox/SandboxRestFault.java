package no.sertsynk.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with an answer of the sandbox's token service or REST interface. */
public sealed interface SandboxRestFault {
    /** Takes the question and never answers, until the server is closed. */
    record Hang() implements SandboxRestFault {}

    /** A right answer, so much later. */
    record Slow(Duration later) implements SandboxRestFault {}

    /** That HTTP status with a small page, and if given a Retry-After header. */
    record Status(int code, Optional<String> retryAfter) implements SandboxRestFault {}

    /** The first half of a right answer, then the connection is closed. */
    record Truncated() implements SandboxRestFault {}

    /** Bytes that are no JSON, said to be JSON. */
    record Garbage() implements SandboxRestFault {}

    /** A right answer, followed by white space up to that many bytes. */
    record Oversize(int bytes) implements SandboxRestFault {}

    /** 401 with a nonce to come back with (RFC 9449, 8 and 9). */
    record NonceChallenge() implements SandboxRestFault {}

    /** 401, as if the token had ended. */
    record ExpiredToken() implements SandboxRestFault {}

    /** The fault of a word on the command line: slow, hang, 500, truncated, garbage, nonce or expired. */
    static Optional<SandboxRestFault> parse(String word) {
        return Optional.ofNullable(
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "slow" -> new Slow(Duration.ofSeconds(2));
                    case "hang" -> new Hang();
                    case "500" -> new Status(500, Optional.empty());
                    case "503" -> new Status(503, Optional.of("1"));
                    case "truncated" -> new Truncated();
                    case "garbage" -> new Garbage();
                    case "nonce" -> new NonceChallenge();
                    case "expired" -> new ExpiredToken();
                    default -> null;
                });
    }
}
