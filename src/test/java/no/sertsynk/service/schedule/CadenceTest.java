package no.sertsynk.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static Cadence cadence(String cron, Duration jitter) {
        return new Cadence(Cron.parse(cron, OSLO), jitter);
    }

    @Test
    void points_areOfTheTimeZone() {
        assertThat(Cron.parse("0 30 3 * * ?", OSLO).next(NOON)).contains(Instant.parse("2026-11-25T02:30:00Z"));
        assertThat(Cron.parse("0 30 3 * * ?", OSLO).next(Instant.parse("2026-07-01T12:00:00Z")))
                .contains(Instant.parse("2026-07-02T01:30:00Z"));
    }

    @Test
    void pointInTheHourThatSummerTimeSkips_isPassedOver() {
        Instant before = Instant.parse("2026-03-28T12:00:00Z");

        assertThat(Cron.parse("0 30 2 * * ?", OSLO).next(before)).contains(Instant.parse("2026-03-30T00:30:00Z"));
        assertThat(Cron.parse("0 30 * * * ?", OSLO).next(Instant.parse("2026-03-29T00:30:00Z")))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void hosts_areSpreadOverTheJitterToTheSecond() {
        Cadence cadence = cadence("0 0/15 * * * ?", Duration.ofMinutes(2));
        Set<Instant> times = new TreeSet<>();
        for (int host = 0; host < 1000; host++) {
            times.add(cadence.next(NOON, new Random(host)).orElseThrow());
        }

        assertThat(times)
                .allMatch(time -> !time.isBefore(NOON.plusSeconds(900)) && !time.isAfter(NOON.plusSeconds(1020)));
        assertThat(times.stream().map(Instant::getEpochSecond).distinct()).hasSizeGreaterThan(100);
    }

    @Test
    void jitterLongerThanTheInterval_neverPutsOneRunIntoTheNext() {
        Cadence cadence = cadence("0 * * * * ?", Duration.ofHours(3));
        for (int seed = 0; seed < 200; seed++) {
            assertThat(cadence.next(NOON, new Random(seed)).orElseThrow())
                    .as("seed %d", seed)
                    .isBetween(NOON.plusSeconds(60), NOON.plusSeconds(90));
        }
    }

    @Test
    void noJitter_isThePointItself() {
        assertThat(cadence("0 0/15 * * * ?", Duration.ZERO).next(NOON, new Random(1)))
                .contains(NOON.plusSeconds(900));
    }

    @Test
    void cronThatIsOver_hasNoNext() {
        Cadence cadence = cadence("0 0 0 1 1 ? 2020", Duration.ofMinutes(2));

        assertThat(cadence.next(NOON, new Random(1))).isEmpty();
        assertThat(cadence.isOverdue(NOON, NOON.plus(Duration.ofDays(1000)))).isFalse();
    }

    @Test
    void overdue_isAfterTwoPointsWithAllThatPutsThemOff() {
        Cadence cadence = cadence("0 0/15 * * * ?", Duration.ofMinutes(2));

        assertThat(cadence.isOverdue(NOON, NOON.plus(Duration.ofMinutes(42)))).isFalse();
        assertThat(cadence.isOverdue(NOON, NOON.plus(Duration.ofMinutes(42)).plusSeconds(1)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "0 0/15 * * *", "61 * * * * ?", "0 0 0 * * *", "0 0 0 ? * MON#9", "0 0 0 L-99 * ?"})
    void mistakes_areToldNotThrown(String expression) {
        assertThat(Cron.mistake(expression)).isPresent();
    }

    @Test
    void soundExpression_hasNoMistake() {
        assertThat(Cron.mistake("0 0/15 * * * ?")).isEmpty();
    }

    @Test
    void backoff_growsAndEnds() {
        assertThat(Backoff.after(1)).contains(Duration.ofSeconds(30));
        assertThat(Backoff.after(2)).contains(Duration.ofSeconds(60));
        assertThat(Backoff.after(5)).contains(Duration.ofMinutes(8));
        assertThat(Backoff.after(6)).isEqualTo(Optional.empty());
    }
}
