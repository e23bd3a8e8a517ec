package no.sertsynk.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.model.HerId;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.service.schedule.RunStatus.State;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunQueueTest {
    private static final HerId ONE = new HerId(1);
    private static final HerId TWO = new HerId(2);

    private final BlockingQueue<RunOrder> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<RunStatus> over = new LinkedBlockingQueue<>();
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final RunQueue queue = new RunQueue(this::run, (order, status) -> over.add(status));

    private SyncReport run(String runId, RunOrder order, SyncListener listener) throws RunFailedException {
        most.accumulateAndGet(together.incrementAndGet(), Math::max);
        listener.progress(1, 2);
        begun.add(order);
        try {
            goOn.acquire();
        } catch (InterruptedException e) {
            throw new RunFailedException(List.of("interrupted"), e);
        } finally {
            together.decrementAndGet();
        }
        Instant now = Instant.EPOCH;
        return new SyncReport(runId, now, now, false, Optional.empty(), List.of(), List.of());
    }

    @AfterEach
    void close() {
        queue.close(Duration.ofSeconds(10));
    }

    private String request(HerId... parties) {
        return queue.request(RunOrder.of(Set.of(parties))).orElseThrow();
    }

    private RunOrder nextBegun() throws InterruptedException {
        RunOrder order = begun.poll(30, TimeUnit.SECONDS);
        assertThat(order).as("a run that begins").isNotNull();
        return order;
    }

    @Test
    void requestDuringARun_isAnsweredByALaterOne() throws Exception {
        String first = request();
        nextBegun();
        String second = request();

        assertThat(second).isNotEqualTo(first);
        assertThat(queue.status(first)).map(RunStatus::state).contains(State.RUNNING);
        assertThat(queue.status(first)).map(RunStatus::total).contains(2);
        assertThat(queue.status(second)).map(RunStatus::state).contains(State.WAITING);
        goOn.release(2);
        nextBegun();
        over.take();
        assertThat(over.take().runId()).isEqualTo(second);
        assertThat(queue.status(second).orElseThrow().report()).isPresent();
        assertThat(queue.isBusy()).isFalse();
    }

    @Test
    void requestsThatWait_shareOneRunOfAllTheirParties() throws Exception {
        request(ONE);
        nextBegun();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(request(i % 2 == 0 ? ONE : TWO));
        }
        assertThat(ids).hasSize(1);
        goOn.release(2);

        assertThat(nextBegun().parties()).containsExactlyInAnyOrder(ONE, TWO);
        over.take();
        over.take();
        assertThat(begun).isEmpty();
    }

    @Test
    void requestForAll_takesThoseForSomeAlong() throws Exception {
        request(ONE);
        nextBegun();
        assertThat(request(ONE)).isEqualTo(request()).isEqualTo(request(TWO));
        goOn.release(2);

        assertThat(nextBegun()).isEqualTo(RunOrder.ALL);
    }

    @Test
    void forcedRequest_sharesWithNobody() throws Exception {
        request();
        nextBegun();
        String forced = queue.request(new RunOrder(Set.of(ONE), EnumSet.of(Guard.MAX_CHANGE), Optional.empty()))
                .orElseThrow();
        String plain = request(TWO);
        assertThat(plain).isNotEqualTo(forced);
        goOn.release(3);

        assertThat(nextBegun().force()).containsExactly(Guard.MAX_CHANGE);
        assertThat(nextBegun()).isEqualTo(RunOrder.of(Set.of(TWO)));
    }

    @Test
    void tooManyForcedRequests_areRefused() throws Exception {
        request();
        nextBegun();
        RunOrder forced = new RunOrder(Set.of(), EnumSet.of(Guard.CLOCK), Optional.empty());
        for (int i = 0; i < 16; i++) {
            assertThat(queue.request(forced)).isPresent();
        }

        assertThat(queue.request(forced)).isEmpty();
    }

    @Test
    void runsAndErrands_areNeverDoneTogether() throws Exception {
        for (int i = 0; i < 20; i++) {
            queue.request(new RunOrder(Set.of(), EnumSet.of(Guard.CLOCK), Optional.empty()));
            queue.submit(
                    () -> most.accumulateAndGet(together.incrementAndGet(), Math::max) + together.decrementAndGet());
            goOn.release();
            over.take();
        }

        assertThat(most).hasValue(1);
    }

    @Test
    void resultsOfOldRuns_areForgotten() throws Exception {
        String first = request();
        goOn.release(20);
        over.take();
        for (int i = 0; i < 8; i++) {
            request();
            over.take();
        }

        assertThat(queue.status(first)).isEmpty();
        assertThat(queue.status("nonsense")).isEmpty();
    }

    @Test
    void close_interruptsTheRunAndTakesNoMore() throws Exception {
        String running = request();
        nextBegun();
        request();

        assertThat(queue.close(Duration.ofSeconds(30))).isTrue();
        assertThat(queue.status(running)).map(RunStatus::failure).contains(List.of("interrupted"));
        assertThatThrownBy(() -> queue.request(new RunOrder(Set.of(), EnumSet.of(Guard.CLOCK), Optional.empty())))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void unexpectedFailure_isTheRunsOwnAndTheNextGoesOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RunQueue failing = new RunQueue(
                (runId, order, listener) -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("broken");
                },
                (order, status) -> over.add(status))) {
            failing.request(RunOrder.ALL);
            RunStatus status = over.take();
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.failure()).singleElement().asString().contains("broken");
            failing.request(RunOrder.ALL);
            over.take();
            assertThat(calls).hasValue(2);
        }
    }
}
