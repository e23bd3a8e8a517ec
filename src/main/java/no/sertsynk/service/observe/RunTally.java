package no.sertsynk.service.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is counted while a run goes on. Costs next to nothing, whether or not anybody wants the figures. Safe for threads. */
public final class RunTally {
    private final Map<Point, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile @Nullable Duration clockOffset;

    /** One line of a figure. */
    record Point(Series series, List<String> labels) {
        Point {
            labels = List.copyOf(labels);
            if (labels.size() != series.labels().size()) {
                throw new IllegalArgumentException(series + " has the labels " + series.labels() + ", found " + labels);
            }
        }
    }

    private void count(Series series, String... labels) {
        counts.computeIfAbsent(new Point(series, List.of(labels)), absent -> new LongAdder())
                .increment();
    }

    public void registerLookup(Answer answer) {
        count(Series.REGISTER_LOOKUPS, answer.id());
    }

    /** @param directory a host that the configuration allows */
    public void directorySearch(String directory, Answer answer) {
        count(Series.DIRECTORY_SEARCHES, directory, answer.id());
    }

    /** @param status good, revoked, unknown, refused or unavailable */
    public void ocspResponse(String status) {
        count(Series.OCSP_RESPONSES, status);
    }

    /** @param hook its label, without anything secret */
    public void hookRun(String hook, boolean success) {
        count(Series.HOOK_RUNS, hook, success ? "success" : "failure");
    }

    /** How far the register's clock is ahead. */
    public void clockOffset(Duration offset) {
        clockOffset = offset;
    }

    Map<Point, LongAdder> counts() {
        return counts;
    }

    Optional<Duration> clockOffset() {
        return Optional.ofNullable(clockOffset);
    }

    /** What somebody who was asked answered. */
    public enum Answer {
        FOUND,
        EMPTY,
        UNKNOWN,
        UNAVAILABLE,
        REFUSED;

        private String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
