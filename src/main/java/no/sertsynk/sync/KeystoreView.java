package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.Reason;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Seal;

/**
 * A keystore as a run finds it.
 *
 * @param memory what is known of it, an earlier run's claim settled
 * @param contents empty if the file is the one that the state knows, so that it was not read, or if it cannot be read
 * @param owned what is ours in it
 * @param seal by which a later run would know the file as it was read; empty if it changed meanwhile
 * @param problems why it cannot be read
 * @param notices what an administrator should be told that is no problem
 */
record KeystoreView(
        KeystoreSetting setting,
        KeystoreMemory memory,
        Optional<KeystoreContents> contents,
        List<Entry> owned,
        Optional<Seal> seal,
        List<Reason> problems,
        List<String> notices) {
    KeystoreView {
        owned = List.copyOf(owned);
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    String name() {
        return setting.spec().name();
    }

    boolean isHeld() {
        return memory.hold().isPresent();
    }

    /** Whether a run may bring it up to date. */
    boolean isWritable() {
        return problems.isEmpty() && !isHeld();
    }

    /** The same with something more to tell. */
    KeystoreView noticing(String notice) {
        List<String> all = new ArrayList<>(notices);
        all.add(notice);
        return new KeystoreView(setting, memory, contents, owned, seal, problems, all);
    }

    /** A report that nothing was changed in it. */
    KeystoreReport untouched(List<Reason> reasons) {
        return new KeystoreReport(
                name(),
                setting.spec().path(),
                false,
                memory.generation(),
                problems.isEmpty() ? owned.size() : memory.entries().size(),
                reasons,
                List.of(),
                memory.hold(),
                notices);
    }
}
