package no.sertsynk.config;

import java.time.Duration;
import java.util.Optional;

/** Durations as the configuration writes them, for options of commands. */
public final class Durations {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    /** Such as {@code 500ms}, {@code 10s}, {@code 2m} or {@code 24h}: more than nothing, a year at most; else empty. */
    public static Optional<Duration> parse(String text) {
        return Values.duration(text).filter(found -> found.isPositive() && found.compareTo(LONGEST) <= 0);
    }
}
