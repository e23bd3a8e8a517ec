package no.sertsynk.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import no.sertsynk.model.HerId;
import no.sertsynk.rollover.Role;
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

/** What the service does when its time has come, with the configuration that is in force then. */
final class DaemonWork implements Duties {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonWork.class);
    /** Lists are renewed each hour: what ends before the time after next must be renewed now. */
    private static final Duration AHEAD = Duration.ofHours(2);

    private final Supplier<Application> application;
    private final DaemonViews views;
    private final SyncMetrics figures = new SyncMetrics();

    DaemonWork(Supplier<Application> application, DaemonViews views) {
        this.application = application;
        this.views = views;
    }

    SyncMetrics figures() {
        return figures;
    }

    /** One run, told in the log. */
    SyncReport run(String runId, RunOrder order, SyncListener listener) throws RunFailedException {
        try {
            SyncReport report = application
                    .get()
                    .sync(
                            runId,
                            new Application.Order(
                                    order.parties(), false, order.force(), order.accepted(), Optional.empty()),
                            listener);
            figures.ended(report, order.parties().isEmpty());
            RunLog.tell(report);
            return report;
        } catch (UsageException e) {
            e.lines().forEach(line -> LOG.error("run_failed run={} {}", runId, line));
            throw new RunFailedException(e.lines(), e);
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

    static Optional<Start> nextStart(Iterable<Row> rows, Instant after) {
        Instant first = Instant.MAX;
        Set<HerId> parties = new HashSet<>();
        for (Row row : rows) {
            Instant begins = row.certificate().notBefore();
            if (row.role() != Role.NEXT || !begins.isAfter(after) || begins.isAfter(first)) {
                continue;
            }
            if (begins.isBefore(first)) {
                first = begins;
                parties.clear();
            }
            parties.add(row.herId());
        }
        return parties.isEmpty() ? Optional.empty() : Optional.of(new Start(first, parties));
    }

    @Override
    public void refreshRevocations() {
        try {
            application.get().refreshRevocationLists(AHEAD).forEach(line -> LOG.warn("list_not_renewed {}", line));
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
