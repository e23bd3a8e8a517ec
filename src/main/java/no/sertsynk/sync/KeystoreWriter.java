package no.sertsynk.sync;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Claim;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Hold;
import no.sertsynk.sync.SyncState.KeystoreMemory;

/** Does to a keystore what a plan says: claim, replace, settle. Whoever dies in between is made up for by the next run. */
final class KeystoreWriter {
    private final KeystoreAccess keystores;
    private final SyncState state;
    private final String runId;
    private final Instant at;

    KeystoreWriter(KeystoreAccess keystores, SyncState state, String runId, Instant at) {
        this.keystores = keystores;
        this.state = state;
        this.runId = runId;
        this.at = at;
    }

    /**
     * What is to be written.
     *
     * @param owned what is ours in the keystore now
     * @param changes the lines of history that tell the difference
     * @param hold present if the keystore is to be held from then on
     */
    record Order(
            KeystoreMemory memory,
            List<Entry> owned,
            DesiredEntries desired,
            KeystoreChange change,
            List<Change> changes,
            Optional<Hold> hold) {}

    /**
     * Writes the keystore.
     *
     * @param keystore open for change
     * @return its generation now
     */
    int write(KeystoreSpec spec, Keystore keystore, Order order) throws KeystoreException {
        int generation = generation(spec, order.memory());
        state.claim(claim(spec.name(), generation + 1, order));
        keystore.replace(order.change(), generation);
        state.settle(spec.name());
        return generation + 1;
    }

    /** Names all that differs from what is known, also what was adopted or has vanished without being written. */
    private Claim claim(String keystore, int generation, Order order) {
        Set<Entry> leave = new LinkedHashSet<>(order.memory().entries());
        leave.addAll(order.owned());
        leave.removeIf(entry -> order.desired().entries().containsKey(entry.alias()));
        Set<Entry> put = new LinkedHashSet<>(order.desired().entries().values());
        order.memory().entries().forEach(put::remove);
        return new Claim(
                runId, at, keystore, generation, List.copyOf(put), List.copyOf(leave), order.changes(), order.hold());
    }

    /**
     * The number of the generation that lies there. Where the state was lost, kept files have higher ones than it knows; a
     * claim, on the other hand, may have kept the file without replacing it.
     */
    private int generation(KeystoreSpec spec, KeystoreMemory memory) throws KeystoreException {
        if (memory.claim().isPresent()) {
            return memory.generation();
        }
        int kept = keystores.generations(spec).stream()
                .mapToInt(Generation::number)
                .max()
                .orElse(-1);
        return Math.max(memory.generation(), kept + 1);
    }
}
