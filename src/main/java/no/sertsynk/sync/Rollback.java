package no.sertsynk.sync;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.rollover.Action;
import no.sertsynk.sync.DesiredEntries.Content;
import no.sertsynk.sync.KeystoreChanges.Why;
import no.sertsynk.sync.RestoredEntries.Restored;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Hold;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.validation.Validator;

/**
 * Puts sertsynk's entries of an earlier generation into a keystore as it is now, and holds it: no run changes it until it is
 * released. Entries of others stay as they are now. For one use.
 */
public final class Rollback {
    private final SyncSettings settings;
    private final Validator validator;
    private final KeystoreAccess keystores;
    private final SyncState state;
    private final Order order;

    /**
     * What the administrator asks.
     *
     * @param runId names the rollback in records
     * @param by on whose behalf
     * @param to the generation; empty for the latest that is kept
     */
    public record Order(String runId, Instant at, String by, Optional<Integer> to) {}

    public Rollback(
            SyncSettings settings, Validator validator, KeystoreAccess keystores, SyncState state, Order order) {
        this.settings = settings;
        this.validator = validator;
        this.keystores = keystores;
        this.state = state;
        this.order = order;
    }

    /** Rolls the keystore back. */
    public RollbackReport run(KeystoreSetting setting) {
        try (Keystore keystore = keystores.open(setting.spec())) {
            return new Rolling(setting, keystore, memory(setting, keystore.contents())).run();
        } catch (KeystoreException e) {
            int generation = state.recall().keystore(setting.spec().name()).generation();
            return report(setting, order.to().orElse(0), generation, List.of(e.reason()));
        }
    }

    private KeystoreMemory memory(KeystoreSetting setting, KeystoreContents contents) {
        KeystoreMemory memory = state.recall().keystore(setting.spec().name());
        if (memory.claim().isEmpty()
                || !KeystoreOwnership.holds(contents, memory.claim().get())) {
            return memory;
        }
        state.settle(setting.spec().name());
        return KeystoreOwnership.settled(memory, memory.claim().get());
    }

    private RollbackReport report(KeystoreSetting setting, int restored, int generation, List<Reason> reasons) {
        return new RollbackReport(
                order.runId(),
                setting.spec().name(),
                setting.spec().path(),
                restored,
                false,
                generation,
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                reasons);
    }

    /** The rollback of a keystore that is open. */
    private final class Rolling {
        private final KeystoreSetting setting;
        private final KeystoreSpec spec;
        private final Keystore keystore;
        private final KeystoreMemory memory;
        private final KeystoreOwnership ownership;
        private final List<Entry> owned;

        Rolling(KeystoreSetting setting, Keystore keystore, KeystoreMemory memory) {
            this.setting = setting;
            this.spec = setting.spec();
            this.keystore = keystore;
            this.memory = memory;
            Set<HerId> configured =
                    settings.parties().stream().map(PartySetting::herId).collect(Collectors.toSet());
            this.ownership = new KeystoreOwnership(setting, configured, order.at());
            this.owned = ownership.owned(keystore.contents(), memory);
        }

        RollbackReport run() throws KeystoreException {
            int to = order.to().isPresent() ? order.to().get() : latest();
            KeystoreContents kept = keystores.generation(spec, to);
            Restored restored =
                    new RestoredEntries(validator::assess, pins(), keystore.contents(), owned).of(then(to, kept), kept);
            Map<Content, Instant> installedAt = new HashMap<>();
            owned.forEach(entry -> installedAt.put(Content.of(entry), entry.installedAt()));
            DesiredEntries desired = DesiredEntries.named(
                    setting.aliases(),
                    Map.of(),
                    restored.placed(),
                    content -> installedAt.getOrDefault(content, order.at()));
            KeystorePlan plan = KeystorePlan.of(setting, keystore.contents(), owned, desired);
            if (!plan.conflicts().isEmpty()) {
                return report(setting, to, memory.generation(), plan.conflicts());
            }
            Hold hold = new Hold(order.at(), order.by(), to);
            List<Change> changes =
                    KeystoreChanges.of(keystore.contents(), plan, (action, entry) -> why(restored, action, entry, to));
            boolean isDue = !plan.change().isEmpty();
            int generation = isDue ? write(desired, plan, changes, hold) : holdAsItIs(desired, hold);
            return new RollbackReport(
                    order.runId(),
                    spec.name(),
                    spec.path(),
                    to,
                    isDue,
                    generation,
                    desired.entries().size(),
                    changes,
                    restored.leftOut(),
                    Optional.of(hold),
                    List.of());
        }

        private int latest() throws KeystoreException {
            return keystores.generations(spec).stream()
                    .mapToInt(Generation::number)
                    .filter(number -> number < memory.generation())
                    .max()
                    .orElseThrow(() -> new KeystoreException("keystore " + spec.name() + " (" + spec.path()
                            + "): expected an earlier generation that is kept, found none"));
        }

        /** What was ours then; where the state does not reach back so far, names decide. */
        private List<Entry> then(int generation, KeystoreContents kept) {
            List<Entry> remembered = state.entriesOf(spec.name(), generation);
            return remembered.isEmpty() && generation > 0 ? ownership.owned(kept, KeystoreMemory.NONE) : remembered;
        }

        private Map<HerId, OrganizationNumber> pins() {
            Map<HerId, OrganizationNumber> pins = new HashMap<>();
            settings.parties().forEach(party -> party.pin().ifPresent(pin -> pins.put(party.herId(), pin)));
            return pins;
        }

        private Why why(Restored restored, Action action, Entry entry, int to) {
            String undone = "rolled back to generation " + to;
            return new Why(
                    restored.leftOut().stream()
                            .filter(left -> action == Action.REMOVE
                                    && Content.of(left.entry()).equals(Content.of(entry)))
                            .findFirst()
                            .map(left ->
                                    undone + "; left out: " + left.reasons().getFirst())
                            .orElse(undone),
                    Optional.empty());
        }

        private int write(DesiredEntries desired, KeystorePlan plan, List<Change> changes, Hold hold)
                throws KeystoreException {
            return new KeystoreWriter(keystores, state, order.runId(), order.at())
                    .write(
                            spec,
                            keystore,
                            new KeystoreWriter.Order(
                                    memory, owned, desired, plan.change(), changes, Optional.of(hold)));
        }

        private int holdAsItIs(DesiredEntries desired, Hold hold) {
            state.correct(spec.name(), List.copyOf(desired.entries().values()));
            state.hold(order.runId(), order.at(), spec.name(), Optional.of(hold));
            return memory.generation();
        }
    }
}
