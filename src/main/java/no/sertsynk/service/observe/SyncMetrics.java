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
    private final Gauge parties = Gauge.builder()
            .name("sertsynk_parties")
            .help("Parties of the last run, by how they fared.")
            .labelNames("outcome")
            .register(registry);

    /** Counts a run that has ended. */
    public void ended(SyncReport report) {
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
        for (Outcome outcome : Outcome.values()) {
            parties.labelValues(outcome.id()).set(report.count(outcome));
        }
    }

    @Override
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
