package no.sertsynk.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often the service syncs: at the points of a cron expression, each put off a little by chance, so that not all hosts of
 * a country ask in the same second.
 *
 * @param jitter how much a point is put off at most
 */
public record Cadence(Cron cron, Duration jitter) {
    /** How long a run may take before it counts as missing. */
    private static final Duration ALLOWANCE = Duration.ofMinutes(10);

    /**
     * When to sync next; empty if the expression names no later time. A point is put off by half the time to the one that
     * follows at most: else runs of two points could meet.
     */
    public Optional<Instant> next(Instant now, RandomGenerator random) {
        return cron.next(now).map(point -> {
            Duration room = cron.next(point)
                    .map(following -> Duration.between(point, following).dividedBy(2))
                    .orElse(jitter);
            Duration most = jitter.compareTo(room) < 0 ? jitter : room;
            return point.plusMillis(random.nextLong(most.toMillis() + 1));
        });
    }

    /** Whether two points have passed since that time, with all that may put off the run of the second. */
    public boolean isOverdue(Instant since, Instant now) {
        return cron.next(since)
                .flatMap(cron::next)
                .map(second -> second.plus(jitter).plus(ALLOWANCE))
                .filter(now::isAfter)
                .isPresent();
    }
}
