package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Memory;

/** Brings keystores to what was decided: plan, claim, replace, settle. */
final class KeystoreUpdate {
    private final SyncSettings settings;
    private final KeystoreAccess keystores;
    private final SyncState state;
    private final SyncRequest request;
    private final Memory memory;
    private final Map<HerId, PartyDecision> decisions;

    KeystoreUpdate(
            SyncSettings settings,
            KeystoreAccess keystores,
            SyncState state,
            SyncRequest request,
            Memory memory,
            Map<HerId, PartyDecision> decisions) {
        this.settings = settings;
        this.keystores = keystores;
        this.state = state;
        this.request = request;
        this.memory = memory;
        this.decisions = decisions;
    }

    KeystoreReport failed(KeystoreSetting setting, List<Reason> reasons) {
        KeystoreMemory remembered = memory.keystores().get(setting.spec().name());
        return report(
                setting,
                false,
                generation(setting.spec().name()),
                remembered == null ? 0 : remembered.entries().size(),
                reasons);
    }

    /** @param withheld whether a guard withholds removals */
    KeystoreReport apply(KeystoreSetting setting, KeystoreContents read, List<Entry> owned, boolean withheld) {
        KeystorePlan plan = plan(setting, read, owned, withheld);
        String name = setting.spec().name();
        if (!plan.conflicts().isEmpty()) {
            return report(setting, false, generation(name), owned.size(), plan.conflicts());
        }
        boolean changes = !plan.change().isEmpty();
        if (request.dryRun()) {
            return report(setting, changes, generation(name), plan.entries().size(), List.of());
        }
        if (!changes) {
            settleIfDifferent(name, plan);
            return report(setting, false, generation(name), plan.entries().size(), List.of());
        }
        return write(setting, withheld);
    }

    private KeystoreReport write(KeystoreSetting setting, boolean withheld) {
        String name = setting.spec().name();
        int generation = generation(name);
        try (Keystore keystore = keystores.open(setting.spec())) {
            KeystoreContents now = keystore.contents();
            Set<HerId> configured =
                    settings.parties().stream().map(PartySetting::herId).collect(Collectors.toSet());
            List<Entry> owned = KeystorePlan.owned(
                    setting, now, Optional.ofNullable(memory.keystores().get(name)), configured, request.startedAt());
            KeystorePlan plan = plan(setting, now, owned, withheld);
            if (!plan.conflicts().isEmpty()) {
                return report(setting, false, generation, owned.size(), plan.conflicts());
            }
            List<Entry> claimed = new ArrayList<>(owned);
            claimed.addAll(plan.entries());
            state.claim(name, claimed);
            keystore.replace(plan.change());
            generation++;
            state.settle(
                    request.runId(), request.startedAt(), name, generation, plan.entries(), changes(now, owned, plan));
            return report(setting, true, generation, plan.entries().size(), List.of());
        } catch (KeystoreException e) {
            return failed(setting, List.of(e.reason()));
        }
    }

    private KeystorePlan plan(KeystoreSetting setting, KeystoreContents contents, List<Entry> owned, boolean withheld) {
        Map<HerId, List<CertificateDecision>> decided = new HashMap<>();
        decisions.forEach((herId, decision) -> decided.put(herId, decision.certificates()));
        return KeystorePlan.of(
                setting,
                contents,
                owned,
                decided,
                entry -> !withheld && request.touches(entry.herId()),
                request.startedAt());
    }

    private void settleIfDifferent(String name, KeystorePlan plan) {
        KeystoreMemory remembered = memory.keystores().get(name);
        if (remembered == null || !Set.copyOf(remembered.entries()).equals(new HashSet<>(plan.entries()))) {
            state.settle(request.runId(), request.startedAt(), name, generation(name), plan.entries(), List.of());
        }
    }

    /** The lines of history: what enters, what leaves, and what changes its role. */
    private List<Change> changes(KeystoreContents before, List<Entry> owned, KeystorePlan plan) {
        List<Change> changes = new ArrayList<>();
        Map<String, Entry> old = byContent(owned);
        Map<String, Entry> current = byContent(plan.entries());
        current.forEach((key, entry) -> {
            Entry was = old.get(key);
            PartnerCertificate certificate = plan.change().put().get(entry.alias());
            if (certificate != null && was == null) {
                changes.add(change(Action.ADD, entry, certificate));
            } else if (certificate != null && was != null && was.role() != entry.role()) {
                changes.add(change(entry.role() == Role.CURRENT ? Action.PROMOTE : Action.RETIRE, entry, certificate));
            }
        });
        old.forEach((key, entry) -> {
            PartnerCertificate certificate = before.certificates().get(entry.alias());
            if (!current.containsKey(key) && certificate != null) {
                changes.add(change(Action.REMOVE, entry, certificate));
            }
        });
        return changes;
    }

    private static Map<String, Entry> byContent(List<Entry> entries) {
        Map<String, Entry> byContent = new java.util.LinkedHashMap<>();
        entries.forEach(entry -> byContent.put(entry.herId() + " " + entry.purpose() + " " + entry.sha256(), entry));
        return byContent;
    }

    private Change change(Action action, Entry entry, PartnerCertificate certificate) {
        return new Change(action, entry.alias(), certificate, entry.herId(), entry.purpose(), why(action, entry));
    }

    private String why(Action action, Entry entry) {
        PartyDecision decision = decisions.get(entry.herId());
        if (decision == null) {
            return "the party was taken out of the configuration";
        }
        for (CertificateDecision certificate : decision.certificates()) {
            if (certificate.purpose() == entry.purpose()
                    && certificate.certificate().sha256().equals(entry.sha256())
                    && !certificate.reasons().isEmpty()) {
                return certificate.reasons().getFirst().toString();
            }
        }
        return switch (action) {
            case ADD -> "named by the register and accepted";
            case PROMOTE -> "preferred among the accepted ones";
            case RETIRE -> "a newer one is current";
            case REMOVE -> "no longer wanted in this keystore";
            case KEEP, WAIT, REJECT -> action.id();
        };
    }

    private int generation(String name) {
        KeystoreMemory remembered = memory.keystores().get(name);
        return remembered == null ? 0 : remembered.generation();
    }

    private static KeystoreReport report(
            KeystoreSetting setting, boolean changed, int generation, int entries, List<Reason> reasons) {
        return new KeystoreReport(setting.spec().name(), setting.spec().path(), changed, generation, entries, reasons);
    }
}
