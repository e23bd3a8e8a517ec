package no.sertsynk.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real scheduler, with times that have passed or lie far ahead. */
class QuartzAlarmsTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2400-01-01T00:00:00Z");

    private final QuartzAlarms alarms = QuartzAlarms.start();
    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        alarms.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(rung.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void missedTime_isMadeUpForOnce() throws Exception {
        alarms.set("a", LONG_AGO, () -> rung.add("a"));
        assertThat(next()).isEqualTo("a");
        alarms.now(() -> rung.add("end"));
        assertThat(next()).isEqualTo("end");
    }

    @Test
    void secondTime_takesThePlaceOfTheFirst() throws Exception {
        alarms.set("a", FAR_AHEAD, () -> rung.add("first"));
        alarms.set("a", LONG_AGO, () -> rung.add("second"));

        assertThat(next()).isEqualTo("second");
    }

    @Test
    void cancelledAlarm_isSilentAndUnknownOneNoMistake() throws Exception {
        alarms.set("a", FAR_AHEAD, () -> rung.add("a"));
        alarms.cancel("a");
        alarms.cancel("a");
        alarms.now(() -> rung.add("end"));

        assertThat(next()).isEqualTo("end");
    }

    @Test
    void failingAction_doesNotStopTheOthers() throws Exception {
        alarms.now(() -> {
            throw new IllegalStateException("on purpose");
        });
        alarms.now(() -> rung.add("after"));

        assertThat(next()).isEqualTo("after");
    }

    @Test
    void actionThatSetsItsOwnAlarm_goesOn() throws Exception {
        alarms.set("a", LONG_AGO, () -> {
            rung.add("first");
            alarms.set("a", LONG_AGO, () -> rung.add("second"));
        });

        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
    }
}
