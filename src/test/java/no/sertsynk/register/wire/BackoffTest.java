package no.sertsynk.register.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pause_growsAndIsSpread() {
        Backoff least = new Backoff(() -> 0);
        Backoff most = new Backoff(() -> 1);

        assertThat(least.pause(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(125));
        assertThat(most.pause(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(least.pause(2, Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(most.pause(2, Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void pauseThatTheServerAsksFor_isTheLeast() {
        Backoff backoff = new Backoff(() -> 0);

        assertThat(backoff.pause(1, Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.pause(1, Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(125));
        assertThat(backoff.pause(1, Duration.ofDays(1))).isEqualTo(Backoff.LONGEST_RETRY_AFTER);
    }

    @Test
    void retries_endAfterThreeTriesOrWithTheStore() {
        Backoff backoff = new Backoff(() -> 0);

        assertThat(backoff.takeRetry(Backoff.TRIES)).isFalse();
        for (int i = 0; i < Backoff.RETRIES_IN_STORE; i++) {
            assertThat(backoff.takeRetry(1)).isTrue();
        }
        assertThat(backoff.takeRetry(1)).isFalse();

        backoff.answered();
        assertThat(backoff.takeRetry(1)).isTrue();
        assertThat(backoff.takeRetry(1)).isFalse();
    }
}
