package no.sertsynk.register.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time passes when the throttle pauses, or a test says so. */
class ThrottleTest {
    private final List<Duration> pauses = new ArrayList<>();
    private long now = 5_000_000_000L;

    private Throttle throttle(int perSecond) {
        return new Throttle(1, perSecond, () -> now, duration -> {
            pauses.add(duration);
            now += duration.toNanos();
        });
    }

    @Test
    void burstOfASecond_isFreeAndThenCallsAreSpread() throws Exception {
        Throttle throttle = throttle(10);
        for (int i = 0; i < 10; i++) {
            throttle.begin();
        }
        assertThat(pauses).isEmpty();
        throttle.begin();
        throttle.begin();

        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(100));
    }

    @Test
    void inTheLongRun_noMoreThanAllowedBegin() throws Exception {
        Throttle throttle = throttle(10);
        long begun = now;
        for (int i = 0; i < 110; i++) {
            throttle.begin();
        }

        assertThat(Duration.ofNanos(now - begun)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void quietTime_isNotSavedUpBeyondASecond() throws Exception {
        Throttle throttle = throttle(10);
        now += Duration.ofMinutes(5).toNanos();
        for (int i = 0; i < 11; i++) {
            throttle.begin();
        }

        assertThat(pauses).hasSize(1);
    }

    @Test
    void nothing_isNoLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> throttle(0));
    }
}
