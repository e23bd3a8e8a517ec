package no.sertsynk.app;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import no.sertsynk.model.HerId;
import no.sertsynk.service.admin.Desk;
import no.sertsynk.service.admin.RefusedException;
import no.sertsynk.service.observe.Metrics;
import no.sertsynk.service.schedule.Pulse;
import no.sertsynk.service.schedule.RunOrder;
import no.sertsynk.service.schedule.RunQueue;
import no.sertsynk.service.schedule.Schedule;

/** Does what requests ask the service for. */
final class DaemonDesk implements Desk {
    /** How long a rollback waits for its turn. */
    private static final Duration TURN = Duration.ofSeconds(45);

    private final Supplier<Application> application;
    private final RunQueue queue;
    private final Schedule schedule;
    private final Pulse pulse;
    private final Metrics metrics;
    private final DaemonViews views;

    DaemonDesk(
            Supplier<Application> application,
            RunQueue queue,
            Schedule schedule,
            Pulse pulse,
            Metrics metrics,
            DaemonViews views) {
        this.application = application;
        this.queue = queue;
        this.schedule = schedule;
        this.pulse = pulse;
        this.metrics = metrics;
        this.views = views;
    }

    @Override
    public boolean isLive() {
        return pulse.isAlive();
    }

    @Override
    public Readiness readiness() {
        boolean overdue = schedule.isOverdue();
        boolean failed = schedule.hasFailed();
        String state = failed ? "failed" : overdue ? "overdue" : "ok";
        boolean ready = !failed && !overdue;
        String next = schedule.nextSync()
                .map(at -> ",\"nextSync\":\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\"")
                .orElse("");
        return new Readiness(
                ready,
                "{\"status\":\"" + (ready ? "ready" : "not ready") + "\",\"sync\":\"" + state + "\"" + next + "}");
    }

    @Override
    public Figures metrics() {
        return new Figures(Metrics.CONTENT_TYPE, metrics.text());
    }

    /** Something that the application does, and that it may refuse. */
    private interface Act<T> {
        T with(Application application) throws UsageException;
    }

    private <T> T refusing(int status, Act<T> act) throws RefusedException {
        try {
            return act.with(application.get());
        } catch (UsageException e) {
            throw new RefusedException(status, String.join("; ", e.lines()));
        }
    }

    @Override
    public String status(Form form) throws RefusedException {
        return refusing(503, asked -> views.status(asked, form));
    }

    @Override
    public String parties() throws RefusedException {
        return refusing(503, views::parties);
    }

    @Override
    public String history(Optional<HerId> party, Form form) throws RefusedException {
        return refusing(503, asked -> views.history(asked, party, form));
    }

    @Override
    public Optional<String> run(String runId, Form form) {
        return queue.status(runId).map(run -> views.run(run, form));
    }

    @Override
    public String refresh(RefreshOrder order) throws RefusedException {
        for (HerId herId : order.parties()) {
            refusing(400, asked -> {
                asked.requireParty(herId);
                return herId;
            });
        }
        try {
            return queue.request(new RunOrder(order.parties(), order.force(), order.accepted()))
                    .orElseThrow(() -> new RefusedException(503, "too many runs wait already; try again later"));
        } catch (RejectedExecutionException e) {
            throw new RefusedException(503, "the service is stopping");
        }
    }

    @Override
    public String rollback(RollbackOrder order) throws RefusedException {
        return inTurn(() -> refusing(
                409,
                asked -> order.release()
                        ? views.released(order.keystore(), asked.release(order.keystore()))
                        : views.rollback(asked.rollback(order.keystore(), order.to()))));
    }

    private <T> T inTurn(Callable<T> act) throws RefusedException {
        Future<T> turn;
        try {
            turn = queue.submit(act);
        } catch (RejectedExecutionException e) {
            throw new RefusedException(503, "the service is stopping");
        }
        try {
            return turn.get(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            turn.cancel(false);
            throw new RefusedException(503, "a run is going on; try again when it has ended");
        } catch (InterruptedException e) {
            turn.cancel(false);
            Thread.currentThread().interrupt();
            throw new RefusedException(503, "the service is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("unexpected failure", e.getCause());
        }
    }
}
