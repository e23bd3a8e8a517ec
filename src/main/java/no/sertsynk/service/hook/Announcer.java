package no.sertsynk.service.hook;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.service.hook.HookMemory.Pending;

/**
 * Tells the hooks of keystores that have changed, once all changes are on disk, whatever run changed them: the one that ends
 * now, or one that died before it could tell. A hook is told at least once; twice only if sertsynk dies while it runs.
 *
 * <p>A hook that fails is tried once in each later run, and not more often than every so long, until it succeeds.
 */
public final class Announcer {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    private final List<Hooked> keystores;
    private final HookMemory memory;
    private final HookCaller caller;
    private final Clock clock;

    /** A keystore with its hooks, in the order of the configuration. */
    public record Hooked(String name, Path path, List<Hook> hooks) {
        public Hooked {
            hooks = List.copyOf(hooks);
        }
    }

    public Announcer(List<Hooked> keystores, HookMemory memory, HookCaller caller, Clock clock) {
        this.keystores = List.copyOf(keystores);
        this.memory = memory;
        this.caller = caller;
        this.clock = clock;
    }

    /** To be called before anything is written. */
    public void prepare() {
        keystores.forEach(keystore -> memory.expect(keystore.name(), keystore.hooks()));
    }

    /** Tells every hook that has something to be told; what went wrong, by keystore. */
    public Map<String, List<Reason>> announce() {
        Map<String, List<Reason>> problems = new LinkedHashMap<>();
        for (Hooked keystore : keystores) {
            for (Hook hook : keystore.hooks()) {
                memory.pending(keystore.name(), hook)
                        .flatMap(pending -> tell(keystore, hook, pending))
                        .ifPresent(reason -> problems.computeIfAbsent(keystore.name(), key -> new ArrayList<>())
                                .add(reason));
            }
        }
        return problems;
    }

    private Optional<Reason> tell(Hooked keystore, Hook hook, Pending pending) {
        Instant now = clock.instant();
        if (pending.nextAt().filter(now::isBefore).isPresent()) {
            return Optional.of(
                    reason(hook, pending.failure().orElse(""), pending.nextAt().get()));
        }
        HookEvent event = pending.event().at(keystore.path().toString());
        HookOutcome outcome = caller.call(hook, event);
        Instant end = clock.instant();
        if (outcome.failure().isEmpty()) {
            memory.told(event, hook, end, outcome.output());
            return Optional.empty();
        }
        Instant nextAt = end.plus(waiting(pending.attempts()));
        memory.failed(event, hook, end, nextAt, outcome.failure().get(), outcome.output());
        return Optional.of(reason(hook, outcome.failure().get(), nextAt));
    }

    /** Doubled after each failure, up to a bound. */
    static Duration waiting(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private static Reason reason(Hook hook, String failure, Instant nextAt) {
        return Reason.of(
                ReasonCode.HOOK_FAILED,
                "hook " + hook.label() + ": " + failure + "; the keystore is changed all the same, the first run after "
                        + nextAt.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        + " tells it again (its output: sertsynk history)");
    }
}
