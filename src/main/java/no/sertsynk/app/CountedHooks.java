package no.sertsynk.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.service.hook.Hook;
import no.sertsynk.service.hook.HookEvent;
import no.sertsynk.service.hook.HookMemory;
import no.sertsynk.service.observe.RunTally;

/** A memory of hooks in which it is counted how telling them went. */
final class CountedHooks implements HookMemory {
    private final HookMemory memory;
    private final RunTally tally;

    CountedHooks(HookMemory memory, RunTally tally) {
        this.memory = memory;
        this.tally = tally;
    }

    @Override
    public void expect(String keystore, List<Hook> hooks) {
        memory.expect(keystore, hooks);
    }

    @Override
    public Optional<Pending> pending(String keystore, Hook hook) {
        return memory.pending(keystore, hook);
    }

    @Override
    public void told(HookEvent event, Hook hook, Instant at, String output) {
        tally.hookRun(hook.label(), true);
        memory.told(event, hook, at, output);
    }

    @Override
    public void failed(HookEvent event, Hook hook, Instant at, Instant nextAt, String failure, String output) {
        tally.hookRun(hook.label(), false);
        memory.failed(event, hook, at, nextAt, failure, output);
    }
}
