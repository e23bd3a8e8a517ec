package no.sertsynk.service.observe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.service.observe.EarlierText.Sample;
import no.sertsynk.service.observe.Scope.Target;
import no.sertsynk.service.observe.Series.Kind;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncReport;

/**
 * The figures of sertsynk: what this process has counted, and what was so when somebody last looked ({@link #show}). The
 * same for the service, which is asked for them, and for a single run, which leaves them in a file and goes on from the
 * counts of the one before. A new figure is a line of {@link Series} and the place that sets it.
 */
public final class SyncMetrics implements Metrics {
    private final PrometheusRegistry counted = new PrometheusRegistry();
    private final Map<Series, Counter> counters = new EnumMap<>(Series.class);
    private final RunDurations durations = new RunDurations();
    private final Gauges process = new Gauges();
    private volatile PrometheusRegistry present = new PrometheusRegistry();

    /** @param version of the program */
    public SyncMetrics(String version) {
        for (Series series : Series.values()) {
            if (series.kind() == Kind.COUNTER) {
                counters.put(
                        series,
                        Counter.builder()
                                .name(series.metric())
                                .help(series.help())
                                .labelNames(series.labels().toArray(String[]::new))
                                .register(counted));
            }
        }
        counted.register(durations);
        process.info(Series.BUILD_INFO, version);
        process.set(Series.CONFIG_RELOADED, true);
        // A counter that comes into being with its first event would hide that event from a rate.
        List.of("success", "problems", "stopped", "failed")
                .forEach(result -> counter(Series.SYNC_RUNS).initLabelValues(result));
        List.of("found", "unknown", "unavailable", "refused")
                .forEach(result -> counter(Series.REGISTER_LOOKUPS).initLabelValues(result));
        List.of("good", "revoked", "unknown", "refused", "unavailable")
                .forEach(status -> counter(Series.OCSP_RESPONSES).initLabelValues(status));
    }

    private Counter counter(Series series) {
        return java.util.Objects.requireNonNull(counters.get(series), series::metric);
    }

    /** Goes on from the counts that stand in a text of {@link #text}; other lines are passed over. */
    public SyncMetrics resuming(String earlier) {
        EarlierText.read(earlier, this::resume);
        return this;
    }

    private void resume(String name, Sample sample) {
        String histogram = Series.SYNC_DURATION.metric();
        if (name.equals(histogram + "_bucket")) {
            String bound = sample.labels().getOrDefault("le", "");
            if (bound.matches("[0-9.]{1,20}|\\+Inf")) {
                durations.resume(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), (long)
                        sample.value());
            }
        } else if (name.equals(histogram + "_sum")) {
            durations.resumeSum(sample.value());
        }
        counters.forEach((series, counter) -> {
            boolean isOurs =
                    name.equals(series.metric()) && sample.labels().keySet().equals(Set.copyOf(series.labels()));
            if (isOurs) {
                counter.labelValues(series.labels().stream()
                                .map(label -> sample.labels().getOrDefault(label, ""))
                                .toArray(String[]::new))
                        .inc(sample.value());
            }
        });
    }

    /** Counts a run that has ended. */
    public void ended(SyncReport report, RunTally tally) {
        int problems =
                report.count(Outcome.FAILED) + report.count(Outcome.REJECTED) + report.count(Outcome.UNDETERMINED);
        String result = report.stopped().isPresent() ? "stopped" : problems == 0 ? "success" : "problems";
        counter(Series.SYNC_RUNS).labelValues(result).inc();
        durations.observe(Duration.between(report.startedAt(), report.finishedAt()));
        report.keystores()
                .forEach(keystore -> keystore.reasons().stream()
                        .map(no.sertsynk.model.Reason::code)
                        .filter(code -> code != ReasonCode.HOOK_FAILED && code != ReasonCode.GUARD)
                        .distinct()
                        .forEach(code -> counter(Series.TARGET_WRITE_FAILURES)
                                .labelValues(keystore.name(), code.name())
                                .inc()));
        add(tally);
    }

    /** Counts a run that could not be. */
    public void failed(RunTally tally) {
        counter(Series.SYNC_RUNS).labelValues("failed").inc();
        add(tally);
    }

    private void add(RunTally tally) {
        tally.counts()
                .forEach((point, count) -> counter(point.series())
                        .labelValues(point.labels().toArray(String[]::new))
                        .inc(count.sum()));
        tally.clockOffset().ifPresent(offset -> process.set(Series.CLOCK_OFFSET, (double) offset.toSeconds()));
    }

    /** Whether the configuration as it was last read is in force. */
    public void reloaded(boolean success) {
        process.set(Series.CONFIG_RELOADED, success);
    }

    /** Shows what is so now, in place of what was. */
    public void show(Observed observed) {
        present = Picture.of(observed);
        forget(Series.TARGET_WRITE_FAILURES, targets(observed), 0);
        Set<String> hooks = observed.scope().targets().stream()
                .flatMap(target -> target.hooks().stream())
                .collect(Collectors.toSet());
        forget(Series.HOOK_RUNS, hooks, 0);
        targets(observed)
                .forEach(target -> counter(Series.TARGET_WRITE_FAILURES)
                        .initLabelValues(target, ReasonCode.KEYSTORE_FAILED.name()));
        hooks.forEach(hook -> List.of("success", "failure")
                .forEach(result -> counter(Series.HOOK_RUNS).initLabelValues(hook, result)));
    }

    private static Set<String> targets(Observed observed) {
        return observed.scope().targets().stream().map(Target::name).collect(Collectors.toSet());
    }

    /** Drops what was counted of things that the configuration names no more. */
    private void forget(Series series, Set<String> named, int label) {
        String key = series.labels().get(label);
        for (var point : counter(series).collect().getDataPoints()) {
            if (!named.contains(String.valueOf(point.getLabels().get(key)))) {
                counter(series)
                        .remove(series.labels().stream()
                                .map(name -> String.valueOf(point.getLabels().get(name)))
                                .toArray(String[]::new));
            }
        }
    }

    @Override
    public String text() {
        List<io.prometheus.metrics.model.snapshots.MetricSnapshot> all = new ArrayList<>();
        List.of(counted, process.registry(), present)
                .forEach(registry -> registry.scrape().forEach(all::add));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
