package no.sertsynk.service.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that behave badly; how they behave well is told by the tests of the whole program. */
class CommandCallerTest {
    private static final HookEvent EVENT = new HookEvent("dit", "/srv/dit.p12", "run", Instant.EPOCH, 7, List.of());

    private static HookOutcome call(String script) {
        return new CommandCaller(Map.of("PATH", "/usr/bin:/bin"))
                .call(new Hook.Command(List.of("sh", "-c", script), Duration.ofSeconds(60)), EVENT);
    }

    @Test
    void endlessOutput_isCutAndDoesNotHoldUp() {
        HookOutcome outcome = call("head -c 1000000 /dev/zero | tr '\\0' x");
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.output()).hasSizeLessThan(17_000).startsWith("xxx").endsWith("(cut)");
    }

    @Test
    void inputThatIsNotRead_isNoFailure() {
        assertThat(call("exec <&-; echo hei").output()).isEqualTo("hei");
    }

    @Test
    void whoeverIsLeftBehindWithThePipe_isNotWaitedFor() {
        HookOutcome outcome = call("sleep 30 & echo hei");
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.output()).isEqualTo("hei");
    }

    @Test
    void argumentsAreNotTakenApart() {
        HookOutcome outcome = new CommandCaller(Map.of("PATH", "/usr/bin:/bin"))
                .call(new Hook.Command(List.of("printf", "%s|", "a b; $HOME", "*"), Duration.ofSeconds(60)), EVENT);
        assertThat(outcome.output()).isEqualTo("a b; $HOME|*|");
    }

    @Test
    void death_isTold() {
        assertThat(call("kill -9 $$").failure()).contains("expected exit code 0, found 137");
    }

    @Test
    void waiting_isDoubledUpToAnHour() {
        assertThat(Announcer.waiting(0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Announcer.waiting(3)).isEqualTo(Duration.ofMinutes(8));
        assertThat(Announcer.waiting(6)).isEqualTo(Duration.ofHours(1));
        assertThat(Announcer.waiting(1_000_000)).isEqualTo(Duration.ofHours(1));
    }
}
