package no.sertsynk.sync;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Hold;

/**
 * How one keystore fared in a run.
 *
 * @param changed whether the file was replaced (in a dry run: would be)
 * @param generation counts the replacements since sertsynk first wrote the file; 0 before the first
 * @param entries how many entries of ours it holds after the run
 * @param reasons why it was not brought up to date, or what went wrong after that; empty if all is well
 * @param changes entry by entry what was changed (in a dry run, or while the keystore is held: would be), and why
 * @param hold present while the keystore is held after a rollback
 */
public record KeystoreReport(
        String name,
        Path path,
        boolean changed,
        int generation,
        int entries,
        List<Reason> reasons,
        List<Change> changes,
        Optional<Hold> hold,
        List<String> notices) {
    public KeystoreReport {
        reasons = List.copyOf(reasons);
        changes = List.copyOf(changes);
        notices = List.copyOf(notices);
    }

    /** The same with more reasons. */
    public KeystoreReport with(List<Reason> more) {
        List<Reason> all = new ArrayList<>(reasons);
        all.addAll(more);
        return new KeystoreReport(name, path, changed, generation, entries, all, changes, hold, notices);
    }

    /** Whether it could not be read or replaced. */
    boolean isFailed() {
        return reasons.stream().anyMatch(reason -> reason.code() == ReasonCode.KEYSTORE_FAILED);
    }
}
