package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;

/** Brings keystores to what a run decided, or tells what that would change. */
final class KeystoreUpdate {
    private final SyncSettings settings;
    private final KeystoreAccess keystores;
    private final SyncState state;
    private final SyncRequest request;
    private final Map<HerId, PartyDecision> decisions;
    private final boolean withheld;

    /** @param withheld whether a guard withholds removals */
    KeystoreUpdate(
            SyncSettings settings,
            KeystoreAccess keystores,
            SyncState state,
            SyncRequest request,
            Map<HerId, PartyDecision> decisions,
            boolean withheld) {
        this.settings = settings;
        this.keystores = keystores;
        this.state = state;
        this.request = request;
        this.decisions = decisions;
        this.withheld = withheld;
    }

    KeystoreReport apply(KeystoreView view) {
        if (!view.problems().isEmpty()) {
            return view.untouched(view.problems());
        }
        DesiredEntries desired = desired(view.setting(), view.owned());
        if (view.contents().isEmpty() && desired.are(view.owned())) {
            return view.untouched(List.of());
        }
        try {
            KeystoreContents contents = view.contents().isPresent()
                    ? view.contents().get()
                    : keystores.read(view.setting().spec());
            KeystorePlan plan = KeystorePlan.of(view.setting(), contents, view.owned(), desired);
            List<Change> changes = changes(contents, plan);
            if (view.isHeld()) {
                return report(view, false, view.owned().size(), held(view), changes);
            }
            if (!plan.conflicts().isEmpty()) {
                return view.untouched(plan.conflicts());
            }
            boolean isDue = !plan.change().isEmpty() || contents.rewriteDue();
            if (request.dryRun()) {
                return report(view, isDue, desired.entries().size(), List.of(), changes);
            }
            return isDue ? write(view) : unchanged(view, desired);
        } catch (KeystoreException e) {
            return view.untouched(List.of(e.reason()));
        }
    }

    private DesiredEntries desired(KeystoreSetting setting, List<Entry> owned) {
        return DesiredEntries.of(
                setting, owned, decisions, entry -> !withheld && request.touches(entry.herId()), request.startedAt());
    }

    private List<Change> changes(KeystoreContents contents, KeystorePlan plan) {
        return KeystoreChanges.of(contents, plan, (action, entry) -> KeystoreChanges.decided(decisions, action, entry));
    }

    private static KeystoreReport report(
            KeystoreView view, boolean changed, int entries, List<Reason> reasons, List<Change> changes) {
        return new KeystoreReport(
                view.name(),
                view.setting().spec().path(),
                changed,
                view.memory().generation(),
                entries,
                reasons,
                changes,
                view.memory().hold(),
                view.notices());
    }

    private KeystoreReport unchanged(KeystoreView view, DesiredEntries desired) {
        if (view.memory().claim().isPresent() || !desired.are(view.memory().entries())) {
            state.correct(view.name(), List.copyOf(desired.entries().values()));
        }
        if (view.seal().isPresent() && !view.seal().equals(view.memory().seal())) {
            state.seal(view.name(), view.seal().get());
        }
        boolean isFirstLook =
                view.memory().seal().isEmpty() && view.contents().orElseThrow().exists();
        return isFirstLook ? tidied(view).untouched(List.of()) : view.untouched(List.of());
    }

    /** On the first look after a change: what a run that was cut short has left goes when the keystore is opened. */
    private KeystoreView tidied(KeystoreView view) {
        try {
            keystores.open(view.setting().spec()).close();
            return view;
        } catch (KeystoreException e) {
            return view.noticing("temporary files of an earlier run, if there are any, stay: " + e.getMessage());
        }
    }

    /** Plans again on what lies there once nobody else of ours can change it. */
    private KeystoreReport write(KeystoreView view) throws KeystoreException {
        KeystoreSetting setting = view.setting();
        try (Keystore keystore = keystores.open(setting.spec())) {
            Set<HerId> configured =
                    settings.parties().stream().map(PartySetting::herId).collect(Collectors.toSet());
            List<Entry> owned = new KeystoreOwnership(setting, configured, request.startedAt())
                    .owned(keystore.contents(), view.memory());
            DesiredEntries desired = desired(setting, owned);
            KeystorePlan plan = KeystorePlan.of(setting, keystore.contents(), owned, desired);
            if (!plan.conflicts().isEmpty()) {
                return view.untouched(plan.conflicts());
            }
            List<Change> changes = changes(keystore.contents(), plan);
            int generation = new KeystoreWriter(keystores, state, request.runId(), request.startedAt())
                    .write(
                            setting.spec(),
                            keystore,
                            new KeystoreWriter.Order(
                                    view.memory(), owned, desired, plan.change(), changes, Optional.empty()));
            return new KeystoreReport(
                    view.name(),
                    setting.spec().path(),
                    true,
                    generation,
                    desired.entries().size(),
                    List.of(),
                    changes,
                    Optional.empty(),
                    view.notices());
        }
    }

    /** A held keystore is not changed, but that something in it was revoked is told. */
    private List<Reason> held(KeystoreView view) {
        List<Reason> reasons = new ArrayList<>();
        for (Entry entry : view.owned()) {
            PartyDecision party = decisions.get(entry.herId());
            if (party != null && isRevoked(party, entry.sha256())) {
                reasons.add(Reason.of(
                        ReasonCode.REVOKED,
                        "the certificate under '" + entry.alias()
                                + "' is revoked and stays, because the keystore is held"
                                + " after a rollback; let it go on with sertsynk rollback --release " + view.name()));
            }
        }
        return reasons;
    }

    private static boolean isRevoked(PartyDecision party, Sha256 sha256) {
        return party.certificates().stream()
                .filter(decision -> decision.certificate().sha256().equals(sha256))
                .map(CertificateDecision::assessment)
                .anyMatch(assessment -> assessment.has(ReasonCode.REVOKED));
    }
}
