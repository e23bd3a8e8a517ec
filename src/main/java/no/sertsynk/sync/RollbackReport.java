package no.sertsynk.sync;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Hold;

/**
 * What came of a rollback.
 *
 * @param restored the generation whose entries were put back
 * @param changed whether the file was replaced
 * @param generation which the file is now
 * @param entries how many entries of ours it holds now
 * @param leftOut entries of that generation that are no longer accepted
 * @param hold present if the keystore is held now
 * @param reasons what went wrong; empty if all is well
 */
public record RollbackReport(
        String runId,
        String name,
        Path path,
        int restored,
        boolean changed,
        int generation,
        int entries,
        List<Change> changes,
        List<LeftOut> leftOut,
        Optional<Hold> hold,
        List<Reason> reasons) {
    public RollbackReport {
        changes = List.copyOf(changes);
        leftOut = List.copyOf(leftOut);
        reasons = List.copyOf(reasons);
    }

    /**
     * An entry that was not put back.
     *
     * @param replaced whether its party and purpose have another entry
     */
    public record LeftOut(Entry entry, List<Reason> reasons, boolean replaced) {
        public LeftOut {
            reasons = List.copyOf(reasons);
        }

        /** Whether clients lost what they use. */
        public boolean isLoss() {
            return !replaced && entry.role() == Role.CURRENT;
        }
    }

    /** The same with more reasons. */
    public RollbackReport with(List<Reason> more) {
        List<Reason> all = new java.util.ArrayList<>(reasons);
        all.addAll(more);
        return new RollbackReport(
                runId, name, path, restored, changed, generation, entries, changes, leftOut, hold, all);
    }
}
