package no.sertsynk.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.service.schedule.RunStatus.State;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows from what, with time and alarms in the test's hand. */
class ScheduleTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final HerId ONE = new HerId(1);
    private static final HerId TWO = new HerId(2);

    private final SettableClock clock = new SettableClock(NOON);
    private final ManualAlarms alarms = new ManualAlarms();
    private final BlockingQueue<RunOrder> orders = new LinkedBlockingQueue<>();
    private final RecordedDuties duties = new RecordedDuties();
    private final RunQueue queue = new RunQueue(
            (runId, order, listener) -> {
                orders.add(order);
                return report(Optional.empty());
            },
            (order, status) -> {});
    private final Schedule schedule = new Schedule(
            alarms,
            queue,
            duties,
            new Cadence(Cron.parse("0 0/15 * * * ?", ZoneId.of("UTC")), Duration.ZERO),
            clock,
            new Random(1));

    @AfterEach
    void close() {
        queue.close();
    }

    private static SyncReport report(Optional<ReasonCode> stopped, PartyReport... parties) {
        return new SyncReport(
                "run", NOON, NOON, false, stopped.map(code -> Reason.of(code, "told")), List.of(parties), List.of());
    }

    private static PartyReport party(HerId herId, Outcome outcome) {
        return new PartyReport(herId, "", Optional.empty(), List.of(), outcome, List.of(), List.of(), List.of());
    }

    private static RunStatus ended(SyncReport report) {
        return new RunStatus("run", State.ENDED, 0, 0, Optional.of(report), List.of());
    }

    private static RunStatus failed() {
        return new RunStatus("run", State.FAILED, 0, 0, Optional.empty(), List.of("told"));
    }

    private RunOrder nextOrder() throws InterruptedException {
        RunOrder order = orders.poll(1, TimeUnit.MINUTES);
        assertThat(order).as("a run that was asked for").isNotNull();
        return order;
    }

    @Test
    void start_syncsAtOnceAndThenByTheCadence() throws Exception {
        schedule.start();

        assertThat(nextOrder()).isEqualTo(RunOrder.ALL);
        assertThat(schedule.nextSync()).contains(NOON.plusSeconds(900));
        clock.now = NOON.plusSeconds(900);
        alarms.ring("SYNC");
        assertThat(nextOrder()).isEqualTo(RunOrder.ALL);
        assertThat(schedule.nextSync()).contains(NOON.plusSeconds(1800));
    }

    @Test
    void hostThatSlept_syncsOnceAndGoesOnFromNow() throws Exception {
        schedule.start();
        nextOrder();
        clock.now = NOON.plus(Duration.ofHours(9)).plusSeconds(7);
        alarms.ring("SYNC");

        assertThat(nextOrder()).isEqualTo(RunOrder.ALL);
        assertThat(schedule.nextSync()).contains(NOON.plus(Duration.ofHours(9)).plusSeconds(900));
        assertThat(orders).isEmpty();
    }

    @Test
    void clockSetBack_planAnewWhatLiesTooFarAhead() {
        schedule.start();
        clock.now = NOON.minus(Duration.ofDays(3));
        schedule.clockChanged();

        assertThat(schedule.nextSync()).contains(clock.now.plusSeconds(900));
        assertThat(alarms.times.get("REVOCATION")).isEqualTo(clock.now.plus(Duration.ofHours(1)));
        assertThat(alarms.times.get("WARNING")).isEqualTo(clock.now.plus(Duration.ofDays(1)));
    }

    @Test
    void clockSetForward_leavesWhatIsDue() {
        schedule.start();
        clock.now = NOON.plus(Duration.ofDays(3));
        schedule.clockChanged();

        assertThat(schedule.nextSync()).contains(NOON.plusSeconds(900));
    }

    @Test
    void failedRun_isTriedAgainLaterEachTimeAndNotForEver() throws Exception {
        for (int seconds : new int[] {30, 60, 120, 240, 480}) {
            schedule.ended(RunOrder.ALL, failed());
            assertThat(alarms.times.get("RETRY")).isEqualTo(NOON.plusSeconds(seconds));
        }
        alarms.ring("RETRY");
        assertThat(nextOrder()).isEqualTo(RunOrder.ALL);

        schedule.ended(RunOrder.ALL, failed());
        assertThat(alarms.times).doesNotContainKey("RETRY");
        assertThat(schedule.hasFailed()).isTrue();
    }

    @Test
    void registerDown_countsAsFailedAndAGuardDoesNot() {
        schedule.ended(RunOrder.ALL, ended(report(Optional.of(ReasonCode.REGISTER_UNAVAILABLE))));
        assertThat(alarms.times).containsKey("RETRY");
        assertThat(schedule.hasFailed()).isTrue();

        schedule.ended(RunOrder.ALL, ended(report(Optional.of(ReasonCode.GUARD))));
        assertThat(alarms.times).doesNotContainKey("RETRY");
        assertThat(schedule.hasFailed()).isFalse();
    }

    @Test
    void partiesThatNobodyAnsweredFor_areTriedAgainAlone() throws Exception {
        schedule.ended(
                RunOrder.ALL,
                ended(report(Optional.empty(), party(ONE, Outcome.UNDETERMINED), party(TWO, Outcome.REJECTED))));
        alarms.ring("RETRY");

        assertThat(nextOrder()).isEqualTo(RunOrder.of(Set.of(ONE)));
        schedule.ended(RunOrder.of(Set.of(ONE)), ended(report(Optional.empty(), party(ONE, Outcome.UPDATED))));
        assertThat(alarms.times).doesNotContainKey("RETRY");
    }

    @Test
    void knownCertificate_isInstalledWhenItBegins() throws Exception {
        Instant begins = NOON.plus(Duration.ofDays(2));
        duties.next = Optional.of(new Duties.Start(begins, Set.of(TWO)));
        schedule.ended(RunOrder.ALL, ended(report(Optional.empty())));

        assertThat(alarms.times.get("PROMOTION")).isAfter(begins).isBefore(begins.plusSeconds(5));
        alarms.ring("PROMOTION");
        assertThat(nextOrder()).isEqualTo(RunOrder.of(Set.of(TWO)));

        duties.next = Optional.empty();
        schedule.ended(RunOrder.ALL, ended(report(Optional.empty())));
        assertThat(alarms.times).doesNotContainKey("PROMOTION");
    }

    @Test
    void otherDuties_haveAlarmsOfTheirOwn() throws Exception {
        schedule.start();
        assertThat(duties.done.poll(1, TimeUnit.MINUTES)).isEqualTo("warn");
        alarms.ring("REVOCATION");
        assertThat(duties.done.poll(1, TimeUnit.MINUTES)).isEqualTo("revocations");
        alarms.ring("WARNING");
        assertThat(duties.done.poll(1, TimeUnit.MINUTES)).isEqualTo("warn");
        assertThat(alarms.times).containsKeys("REVOCATION", "WARNING", "SYNC");
    }

    @Test
    void noSyncOfAllForTwoPoints_isOverdueUntilOneGoesWell() {
        clock.now = NOON.plus(Duration.ofHours(1));
        assertThat(schedule.isOverdue()).isTrue();
        schedule.ended(RunOrder.of(Set.of(ONE)), ended(report(Optional.empty())));
        assertThat(schedule.isOverdue()).isTrue();
        schedule.ended(RunOrder.ALL, ended(report(Optional.empty())));
        assertThat(schedule.isOverdue()).isFalse();
    }

    @Test
    void otherCadence_takesThePlaceOfTheFirst() throws Exception {
        schedule.start();
        nextOrder();
        schedule.change(new Cadence(Cron.parse("0 0 * * * ?", ZoneId.of("UTC")), Duration.ZERO));

        assertThat(nextOrder()).isEqualTo(RunOrder.ALL);
        assertThat(schedule.nextSync()).contains(NOON.plusSeconds(3600));
    }

    @Test
    void pulse_tellsDeadAlarmsAndAClockThatWasSet() {
        List<String> told = new ArrayList<>();
        long[] nanos = {0};
        Pulse pulse = new Pulse(alarms, clock, () -> nanos[0], () -> told.add("set"));
        assertThat(pulse.tick()).isTrue();
        advance(nanos, 10);
        assertThat(pulse.tick()).isTrue();
        assertThat(told).isEmpty();

        clock.now = clock.now.minusSeconds(3600);
        advance(nanos, 10);
        assertThat(pulse.tick()).isTrue();
        assertThat(told).containsExactly("set");

        alarms.isDead = true;
        advance(nanos, 10);
        pulse.tick();
        for (int i = 0; i < 6; i++) {
            advance(nanos, 10);
            assertThat(pulse.tick()).isFalse();
        }
        assertThat(pulse.isAlive()).isFalse();
        assertThat(told).hasSize(1);
    }

    private void advance(long[] nanos, int seconds) {
        nanos[0] += TimeUnit.SECONDS.toNanos(seconds);
        clock.now = clock.now.plusSeconds(seconds);
    }

    private static final class SettableClock extends Clock {
        volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class RecordedDuties implements Duties {
        final BlockingQueue<String> done = new LinkedBlockingQueue<>();
        volatile Optional<Start> next = Optional.empty();

        @Override
        public Optional<Start> nextStart(Instant after) {
            return next;
        }

        @Override
        public void refreshRevocations() {
            done.add("revocations");
        }

        @Override
        public void warnOfExpiry() {
            done.add("warn");
        }
    }
}
