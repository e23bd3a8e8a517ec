package no.sertsynk.service.schedule;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import no.sertsynk.service.schedule.RunStatus.State;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.jspecify.annotations.Nullable;

/**
 * Does runs one after another. A request is answered by a run that starts after it, so that nothing is missed that was there
 * before; requests that wait share that run. Safe for threads.
 */
public final class RunQueue implements AutoCloseable {
    private static final int REMEMBERED = 8;
    private static final int MOST_WAITING = 16;

    private final Runner runner;
    private final Ended ended;
    private final ExecutorService worker;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private @Nullable Run last;

    /** Does one run. */
    public interface Runner {
        /** @throws RunFailedException if nothing could be done */
        SyncReport run(String runId, RunOrder order, SyncListener listener) throws RunFailedException;
    }

    /** Is told of each run that is over, on the thread that did it. */
    public interface Ended {
        void run(RunOrder order, RunStatus status);
    }

    public RunQueue(Runner runner, Ended ended) {
        this.runner = runner;
        this.ended = ended;
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("runs").factory());
    }

    /**
     * Asks for a run.
     *
     * @return its id; empty if too many wait already
     */
    public synchronized Optional<String> request(RunOrder order) {
        Run waiting = last;
        if (waiting != null && waiting.state == State.WAITING && waiting.order.isShareable() && order.isShareable()) {
            waiting.order = waiting.order.with(order);
            return Optional.of(waiting.id);
        }
        if (runs.values().stream().filter(run -> run.state == State.WAITING).count() >= MOST_WAITING) {
            return Optional.empty();
        }
        Run run = new Run(UUID.randomUUID().toString(), order);
        runs.put(run.id, run);
        last = run;
        worker.execute(() -> perform(run));
        return Optional.of(run.id);
    }

    /** Does something else that no run may meet, when its turn comes. */
    public <T> Future<T> submit(Callable<T> errand) {
        return worker.submit(errand);
    }

    /** How the run gets on; empty if it is unknown, or over for so long that it is forgotten. */
    public synchronized Optional<RunStatus> status(String runId) {
        return Optional.ofNullable(runs.get(runId)).map(Run::status);
    }

    /** Whether something is being done or waits. */
    public synchronized boolean isBusy() {
        return runs.values().stream().anyMatch(run -> !run.status().isOver());
    }

    private void perform(Run run) {
        RunOrder order = begin(run);
        Optional<SyncReport> report = Optional.empty();
        List<String> failure = List.of();
        try {
            report = Optional.of(runner.run(run.id, order, (done, total) -> progress(run, done, total)));
        } catch (RunFailedException e) {
            failure = e.lines();
        } catch (RuntimeException e) {
            failure = List.of("unexpected failure, please report it: " + e);
        }
        RunStatus status = end(run, report, failure);
        ended.run(order, status);
    }

    private synchronized RunOrder begin(Run run) {
        run.state = State.RUNNING;
        return run.order;
    }

    private synchronized void progress(Run run, int done, int total) {
        run.done = Math.max(run.done, done);
        run.total = total;
    }

    private synchronized RunStatus end(Run run, Optional<SyncReport> report, List<String> failure) {
        run.state = report.isPresent() ? State.ENDED : State.FAILED;
        run.report = report;
        run.failure = failure;
        List<String> over = runs.values().stream()
                .filter(each -> each.status().isOver())
                .map(each -> each.id)
                .toList();
        over.subList(0, Math.max(0, over.size() - REMEMBERED)).forEach(runs::remove);
        return run.status();
    }

    /** Interrupts what is under way and waits for it; whether it has ended within that time. */
    public boolean close(Duration patience) {
        worker.shutdownNow();
        try {
            return worker.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Guarded by the queue. */
    private static final class Run {
        final String id;
        RunOrder order;
        State state = State.WAITING;
        int done;
        int total;
        Optional<SyncReport> report = Optional.empty();
        List<String> failure = List.of();

        Run(String id, RunOrder order) {
            this.id = id;
            this.order = order;
        }

        RunStatus status() {
            return new RunStatus(id, state, done, total, report, failure);
        }
    }
}
