package no.sertsynk.service.observe;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.time.Duration;
import java.util.Arrays;

/** A histogram of how long runs took, which can go on from one that an earlier process has left. Safe for threads. */
final class RunDurations implements Collector {
    private static final double[] BOUNDS = {1, 5, 15, 60, 300, 900, Double.POSITIVE_INFINITY};
    private static final double MILLIS = 1000;

    private final long[] counts = new long[BOUNDS.length];
    private double sum;

    synchronized void observe(Duration duration) {
        double seconds = duration.toMillis() / MILLIS;
        counts[bucket(seconds)]++;
        sum += seconds;
    }

    private static int bucket(double seconds) {
        int bucket = 0;
        while (seconds > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Goes on from an earlier line: so many runs that took at most that long. */
    synchronized void resume(double bound, long upTo) {
        int bucket = Arrays.binarySearch(BOUNDS, bound);
        if (bucket >= 0) {
            // Lines come in the order of their bounds, and each counts those before it.
            counts[bucket] = Math.max(0, upTo - Arrays.stream(counts, 0, bucket).sum());
        }
    }

    synchronized void resumeSum(double earlier) {
        sum = earlier;
    }

    @Override
    public synchronized HistogramSnapshot collect() {
        return HistogramSnapshot.builder()
                .name(Series.SYNC_DURATION.metric())
                .help(Series.SYNC_DURATION.help())
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts.clone()))
                        .sum(sum)
                        .build())
                .build();
    }

    @Override
    public String getPrometheusName() {
        return Series.SYNC_DURATION.metric();
    }
}
