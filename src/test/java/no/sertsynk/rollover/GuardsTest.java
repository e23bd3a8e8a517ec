package no.sertsynk.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.Guards.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When each guard speaks. */
class GuardsTest {
    private static final Instant NOW = Scene.NOW;

    /** So many pairs of so many parties, dealt round. */
    private static Set<Pair> pairs(int parties, int count) {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            pairs.add(new Pair(new HerId(1 + i % parties), Purpose.values()[i / parties]));
        }
        return pairs;
    }

    private static Set<Pair> first(Set<Pair> pairs, int count) {
        return new LinkedHashSet<>(List.copyOf(pairs).subList(0, count));
    }

    @ParameterizedTest(name = "{0} parties, {1} pairs, {2} losing, limit {3} %: {4}")
    @CsvSource({
        "1, 2, 2, 50, false", // an ordinary host with one party
        "2, 6, 6, 0, false", // too few parties
        "3, 3, 3, 50, false", // too few pairs
        "3, 4, 2, 50, false", // not above
        "3, 4, 3, 50, true",
        "4, 4, 1, 0, true",
        "4, 4, 0, 0, false",
        "4, 8, 8, 100, false",
        "10, 30, 16, 50, true",
        "10, 30, 15, 50, false",
        "10, 20, 7, 33, true"
    })
    void maxChange_speaksAboveTheShareAndOnlyWhereEnoughIsInstalled(
            int parties, int count, int losing, int percent, boolean speaks) {
        Set<Pair> installed = pairs(parties, count);

        Optional<Reason> guard = Guards.maxChange(installed, first(installed, losing), percent);

        assertThat(guard.isPresent()).isEqualTo(speaks);
        guard.ifPresent(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.GUARD);
            assertThat(reason.message())
                    .contains(losing + " of " + count)
                    .contains(percent + " %")
                    .contains("--force max-change");
        });
    }

    @Test
    void emptyRegister_speaksWhereNobodyInstalledHasAString() {
        HerId one = new HerId(1);
        HerId two = new HerId(2);

        assertThat(Guards.emptyRegister(Map.of())).isEmpty();
        assertThat(Guards.emptyRegister(Map.of(one, true, two, false))).isEmpty();
        assertThat(Guards.emptyRegister(Map.of(one, false, two, false)))
                .hasValueSatisfying(reason ->
                        assertThat(reason.message()).contains("2 installed").contains("--force empty-register"));
    }

    @ParameterizedTest(name = "{0} s ahead: {1}")
    @CsvSource({"0, false", "600, false", "-600, false", "601, true", "-601, true"})
    void clock_speaksMoreThanTenMinutesFromTheRegisters(long seconds, boolean speaks) {
        Optional<Reason> guard = Guards.clock(NOW, Optional.of(Duration.ofSeconds(seconds)), Optional.empty());

        assertThat(guard.isPresent()).isEqualTo(speaks);
        guard.ifPresent(reason -> assertThat(reason.message())
                .contains(seconds > 0 ? "601 seconds behind" : "601 seconds ahead")
                .contains("--force clock"));
    }

    @Test
    void clock_speaksBeforeTheLastRunAndNotAtIt() {
        assertThat(Guards.clock(NOW, Optional.empty(), Optional.of(NOW))).isEmpty();
        assertThat(Guards.clock(NOW, Optional.empty(), Optional.empty())).isEmpty();
        assertThat(Guards.clock(NOW, Optional.empty(), Optional.of(NOW.plusMillis(1))))
                .hasValueSatisfying(reason -> assertThat(reason.message()).contains("earlier than the last run"));
    }

    @Test
    void names_areThoseOfTheCommandLine() {
        assertThat(Guard.parse("max-change")).contains(Guard.MAX_CHANGE);
        assertThat(Guard.parse("empty-register")).contains(Guard.EMPTY_REGISTER);
        assertThat(Guard.parse("clock")).contains(Guard.CLOCK);
        assertThat(Guard.parse("MAX_CHANGE")).isEmpty();
    }
}
