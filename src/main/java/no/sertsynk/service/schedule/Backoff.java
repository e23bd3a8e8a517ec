package no.sertsynk.service.schedule;

import java.time.Duration;
import java.util.Optional;

/** How long to wait before a failed run is tried again: longer each time, and not for ever. Pure. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;

    private Backoff() {}

    /**
     * The wait after so many failures on end; empty when it is left to the next run of the schedule.
     *
     * @param failures at least 1
     */
    static Optional<Duration> after(int failures) {
        return failures > ATTEMPTS ? Optional.empty() : Optional.of(FIRST.multipliedBy(1L << (failures - 1)));
    }
}
