package no.sertsynk.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState;

/** Remembers earlier runs and nothing of this one. */
final class DryState implements SyncState {
    private final Memory memory;

    private DryState(Memory memory) {
        this.memory = memory;
    }

    static DryState of(Memory memory) {
        return new DryState(memory);
    }

    static DryState empty() {
        return new DryState(new Memory(Optional.empty(), Map.of(), Map.of()));
    }

    @Override
    public Memory recall() {
        return memory;
    }

    @Override
    public void claim(String keystore, List<Entry> entries) {
        throw new IllegalStateException("a dry run changes no keystore");
    }

    @Override
    public void settle(
            String runId, Instant at, String keystore, int generation, List<Entry> entries, List<Change> changes) {
        throw new IllegalStateException("a dry run changes no keystore");
    }

    @Override
    public void record(SyncReport report, List<PartyMemory> parties) {
        throw new IllegalStateException("a dry run is not recorded");
    }
}
