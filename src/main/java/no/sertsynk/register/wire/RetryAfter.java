package no.sertsynk.register.wire;

import java.time.Duration;
import java.time.Instant;

/** When to come back (RFC 9110, 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {
    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /** Zero if it does not say, or names the past. */
    public static Duration parse(String text, Instant now) {
        if (!text.isEmpty() && text.length() <= MAX_DIGITS) {
            return Duration.ofSeconds(Math.max(0, Digits.read(text, 0, text.length())));
        }
        return HttpDate.parse(text)
                .map(date -> Duration.between(now, date))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }
}
