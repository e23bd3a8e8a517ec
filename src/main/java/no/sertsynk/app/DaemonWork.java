package no.sertsynk.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import no.sertsynk.model.HerId;
import no.sertsynk.rollover.Role;
import no.sertsynk.service.log.Logs;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.service.observe.SyncMetrics;
import no.sertsynk.service.schedule.Duties;
import no.sertsynk.service.schedule.RunFailedException;
import no.sertsynk.service.schedule.RunOrder;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What the service does when its time has come, with the configuration that is in force then. */
final class DaemonWork implements Duties {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonWork.class);
    /** Lists are renewed each hour: what ends before the time after next must be renewed now. */
    private static final Duration AHEAD = Duration.ofHours(2);

    private final Supplier<Application> application;
    private final DaemonViews views;
    private final SyncMetrics figures = new SyncMetrics(Application.version());

    DaemonWork(Supplier<Application> application, DaemonViews views) {
        this.application = application;
        this.views = views;
    }

    SyncMetrics figures() {
        return figures;
    }

    /** One run, told in the log. */
    SyncReport run(String runId, RunOrder order, SyncListener listener) throws RunFailedException {
        RunTally tally = new RunTally();
        Application asked = application.get();
        try (MDC.MDCCloseable run = MDC.putCloseable(Logs.RUN_ID, runId)) {
            try {
                SyncReport report = asked.sync(
                        runId,
                        new Application.Order(
                                order.parties(), false, order.force(), order.accepted(), Optional.empty()),
                        listener,
                        tally);
                figures.ended(report, tally);
                RunLog.tell(report);
                return report;
            } catch (UsageException e) {
                figures.failed(tally);
                e.lines().forEach(line -> LOG.error("run_failed {}", line));
                throw new RunFailedException(e.lines(), e);
            } finally {
                showFigures();
            }
        }
    }

    /** Lets the figures show what is so now. */
    void showFigures() {
        try {
            application.get().show(figures);
        } catch (UsageException e) {
            LOG.warn("figures_unknown {}", e.getMessage());
        }
    }

    @Override
    public Optional<Start> nextStart(Instant after) {
        try {
            Optional<SqliteStatus> opened = application.get().status();
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (SqliteStatus status = opened.get()) {
                return nextStart(status.rows(), after);
            }
        } catch (UsageException | StateException e) {
            LOG.error("next_start_unknown {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The earliest time at which a certificate becomes valid, or an announcement takes effect, and whose they are. */
    static Optional<Start> nextStart(Iterable<Row> rows, Instant after) {
        NavigableMap<Instant, Set<HerId>> starts = new TreeMap<>();
        for (Row row : rows) {
            Stream.concat(
                            row.role() == Role.NEXT
                                    ? Stream.of(row.certificate().notBefore())
                                    : Stream.empty(),
                            row.takesOver().stream())
                    .filter(at -> at.isAfter(after))
                    .forEach(at ->
                            starts.computeIfAbsent(at, key -> new HashSet<>()).add(row.herId()));
        }
        return Optional.ofNullable(starts.firstEntry()).map(first -> new Start(first.getKey(), first.getValue()));
    }

    @Override
    public void refreshRevocations() {
        try {
            application.get().refreshRevocationLists(AHEAD).forEach(line -> LOG.warn("list_not_renewed {}", line));
            showFigures();
        } catch (UsageException e) {
            LOG.warn("lists_not_renewed {}", e.getMessage());
        }
    }

    @Override
    public void warnOfExpiry() {
        try {
            views.alerts(application.get()).forEach(line -> LOG.warn("alert {}", line));
        } catch (UsageException e) {
            LOG.warn("alerts_unknown {}", e.getMessage());
        }
    }
}
