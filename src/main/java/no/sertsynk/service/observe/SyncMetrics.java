package no.sertsynk.service.observe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncReport;

/** Figures of the runs of this process. */
public final class SyncMetrics implements Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter runs = Counter.builder()
            .name("sertsynk_sync_runs_total")
            .help("Runs that have ended, by what came of them.")
            .labelNames("result")
            .register(registry);
    private final Histogram duration = Histogram.builder()
            .name("sertsynk_sync_duration_seconds")
            .help("How long runs took.")
            .classicOnly()
            .classicUpperBounds(1, 5, 15, 60, 300, 900)
            .register(registry);
    private final Gauge lastSuccess = Gauge.builder()
            .name("sertsynk_sync_last_success_timestamp_seconds")
            .help("When the last run ended in which no party had a problem.")
            .register(registry);
    private final LastRun last = new LastRun(registry);

    /** The figures of one run alone, for a process that ends with it and so has nothing to count. */
    public static String of(SyncReport report) {
        PrometheusRegistry registry = new PrometheusRegistry();
        new LastRun(registry).show(report, true);
        return text(registry);
    }

    /**
     * Counts a run that has ended.
     *
     * @param whole whether it was one of all parties
     */
    public void ended(SyncReport report, boolean whole) {
        boolean isSuccess = report.stopped().isEmpty()
                && report.count(Outcome.FAILED) + report.count(Outcome.REJECTED) + report.count(Outcome.UNDETERMINED)
                        == 0;
        runs.labelValues(report.stopped().isPresent() ? "stopped" : isSuccess ? "success" : "problems")
                .inc();
        duration.observe(
                Duration.between(report.startedAt(), report.finishedAt()).toMillis() / 1000.0);
        if (isSuccess) {
            lastSuccess.set(report.finishedAt().getEpochSecond());
        }
        last.show(report, whole);
    }

    @Override
    public String text() {
        return text(registry);
    }

    private static String text(PrometheusRegistry registry) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
