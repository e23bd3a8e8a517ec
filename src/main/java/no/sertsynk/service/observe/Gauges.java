package no.sertsynk.service.observe;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Values that are so now, in a registry of their own: what is not set in it has no series. Safe for threads. */
final class Gauges {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<Series, Gauge> gauges = new ConcurrentHashMap<>();
    private final Map<Series, Info> infos = new ConcurrentHashMap<>();

    PrometheusRegistry registry() {
        return registry;
    }

    void set(Series series, double value, String... labels) {
        gauges.computeIfAbsent(series, this::gauge).labelValues(labels).set(value);
    }

    void set(Series series, boolean value, String... labels) {
        set(series, value ? 1 : 0, labels);
    }

    /** In seconds since 1970, as Prometheus has times. */
    void set(Series series, Instant value, String... labels) {
        set(series, value.getEpochSecond(), labels);
    }

    void info(Series series, String... labels) {
        infos.computeIfAbsent(series, this::info).addLabelValues(labels);
    }

    private Gauge gauge(Series series) {
        return Gauge.builder()
                .name(series.metric())
                .help(series.help())
                .labelNames(series.labels().toArray(String[]::new))
                .register(registry);
    }

    private Info info(Series series) {
        return Info.builder()
                .name(series.metric())
                .help(series.help())
                .labelNames(series.labels().toArray(String[]::new))
                .register(registry);
    }
}
