package no.sertsynk.service.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import no.sertsynk.model.HerId;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.service.schedule.RunStatus.State;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service does by itself, and when: syncs by its cadence, tries again what somebody did not answer, promotes
 * certificates when they begin, renews revocation lists, warns of what ends. Safe for threads.
 */
public final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final Duration REVOCATION_PERIOD = Duration.ofHours(1);
    private static final Duration WARNING_PERIOD = Duration.ofDays(1);
    /** Certificates begin on whole seconds; a clock that is a little behind must not find them too early. */
    private static final Duration AFTER_START = Duration.ofSeconds(2);

    private final Alarms alarms;
    private final RunQueue queue;
    private final Duties duties;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<Job, Instant> set = new HashMap<>();
    private Cadence cadence;
    private int failures;
    private Instant wellSince;
    private boolean hasFailed;

    /** The jobs, each with an alarm of its own. */
    private enum Job {
        SYNC,
        RETRY,
        PROMOTION,
        REVOCATION,
        WARNING
    }

    public Schedule(
            Alarms alarms, RunQueue queue, Duties duties, Cadence cadence, Clock clock, RandomGenerator random) {
        this.alarms = alarms;
        this.queue = queue;
        this.duties = duties;
        this.cadence = cadence;
        this.clock = clock;
        this.random = random;
        this.wellSince = clock.instant();
    }

    /** Syncs at once, and from then on by the cadence. */
    public synchronized void start() {
        queue.request(RunOrder.ALL);
        Instant now = clock.instant();
        planSync(now);
        set(Job.REVOCATION, now.plus(REVOCATION_PERIOD), this::revocations);
        set(Job.WARNING, now.plus(WARNING_PERIOD), this::warnings);
        errand(duties::warnOfExpiry);
    }

    /** Goes on with another cadence, and syncs at once. */
    public synchronized void change(Cadence other) {
        cadence = other;
        queue.request(RunOrder.ALL);
        planSync(clock.instant());
    }

    /** Syncs at once, beside the cadence. */
    public synchronized void syncNow() {
        request(RunOrder.ALL);
    }

    /** The clock was set: what lies further ahead than it would if planned now is planned anew. */
    public synchronized void clockChanged() {
        Instant now = clock.instant();
        LOG.info("clock_changed planning anew");
        cadence.next(now, random).filter(next -> isEarlier(next, Job.SYNC)).ifPresent(next -> syncAt(next));
        if (isEarlier(now.plus(REVOCATION_PERIOD), Job.REVOCATION)) {
            set(Job.REVOCATION, now.plus(REVOCATION_PERIOD), this::revocations);
        }
        if (isEarlier(now.plus(WARNING_PERIOD), Job.WARNING)) {
            set(Job.WARNING, now.plus(WARNING_PERIOD), this::warnings);
        }
    }

    private boolean isEarlier(Instant at, Job job) {
        Instant planned = set.get(job);
        return planned != null && at.isBefore(planned);
    }

    /** When the next sync is; empty if the cadence names no later time. */
    public synchronized Optional<Instant> nextSync() {
        return Optional.ofNullable(set.get(Job.SYNC));
    }

    /** Whether the last sync failed as a whole. */
    public synchronized boolean hasFailed() {
        return hasFailed;
    }

    /** Whether no sync of all parties has gone well for longer than the cadence lets expect. */
    public synchronized boolean isOverdue() {
        return cadence.isOverdue(wellSince, clock.instant());
    }

    private void planSync(Instant now) {
        cadence.next(now, random)
                .ifPresentOrElse(this::syncAt, () -> LOG.warn("no_further_sync schedule.cron names no later time"));
    }

    private void syncAt(Instant at) {
        set(Job.SYNC, at, this::sync);
    }

    private void set(Job job, Instant at, Runnable action) {
        set.put(job, at);
        alarms.set(job.name(), at, action);
    }

    private synchronized void sync() {
        set.remove(Job.SYNC);
        request(RunOrder.ALL);
        planSync(clock.instant());
    }

    private synchronized void revocations() {
        errand(duties::refreshRevocations);
        set(Job.REVOCATION, clock.instant().plus(REVOCATION_PERIOD), this::revocations);
    }

    private synchronized void warnings() {
        errand(duties::warnOfExpiry);
        set(Job.WARNING, clock.instant().plus(WARNING_PERIOD), this::warnings);
    }

    private void request(RunOrder order) {
        try {
            queue.request(order);
        } catch (RejectedExecutionException e) {
            LOG.debug("not_requested the service is stopping");
        }
    }

    private void errand(Runnable duty) {
        try {
            Future<?> unused = queue.submit(() -> {
                try {
                    duty.run();
                } catch (RuntimeException e) {
                    LOG.error("errand_failed", e);
                }
                return true;
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("not_done the service is stopping");
        }
    }

    /** Plans what follows from a run. */
    public synchronized void ended(RunOrder order, RunStatus status) {
        Instant now = clock.instant();
        hasFailed = isFailure(status);
        if (order.parties().isEmpty() && !hasFailed) {
            wellSince = now;
        }
        planRetry(unanswered(order, status), now);
        alarms.cancel(Job.PROMOTION.name());
        duties.nextStart(now)
                .ifPresent(start ->
                        set(Job.PROMOTION, start.at().plus(AFTER_START), () -> request(RunOrder.of(start.parties()))));
    }

    private void planRetry(Optional<RunOrder> again, Instant now) {
        failures = again.isPresent() ? failures + 1 : 0;
        alarms.cancel(Job.RETRY.name());
        if (again.isPresent()) {
            Backoff.after(failures).ifPresent(wait -> set(Job.RETRY, now.plus(wait), () -> request(again.get())));
        }
    }

    /** Whether the run did nothing: it could not be done, or was held back as a whole. */
    private static boolean isFailure(RunStatus status) {
        return status.state() == State.FAILED
                || status.report()
                        .flatMap(SyncReport::stopped)
                        .filter(reason -> reason.code() != ReasonCode.GUARD)
                        .isPresent();
    }

    /** The run to try again: the same if nothing was done, else for those parties that somebody did not answer for. */
    private static Optional<RunOrder> unanswered(RunOrder order, RunStatus status) {
        if (isFailure(status)) {
            return Optional.of(RunOrder.of(order.parties()));
        }
        Set<HerId> parties = new HashSet<>();
        status.report().map(SyncReport::parties).orElseThrow().stream()
                .filter(party -> party.outcome() == Outcome.UNDETERMINED)
                .map(PartyReport::herId)
                .forEach(parties::add);
        return parties.isEmpty() ? Optional.empty() : Optional.of(RunOrder.of(parties));
    }
}
