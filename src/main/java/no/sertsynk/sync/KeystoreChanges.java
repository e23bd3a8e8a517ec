package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.DesiredEntries.Content;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;

/** The difference that a plan makes, told certificate by certificate: what enters, what leaves, what changes its role. Pure. */
final class KeystoreChanges {
    private KeystoreChanges() {}

    /** Why something is done with an entry, and until when a parallel one stays. */
    record Why(String reason, Optional<java.time.Instant> until) {}

    static List<Change> of(KeystoreContents contents, KeystorePlan plan, BiFunction<Action, Entry, Why> why) {
        Map<Content, Entry> before = new LinkedHashMap<>();
        plan.leave().forEach(entry -> before.put(Content.of(entry), entry));
        plan.replaced().forEach(entry -> before.put(Content.of(entry), entry));
        List<Change> changes = new ArrayList<>();
        for (Entry entry : plan.put()) {
            PartnerCertificate certificate = plan.change().put().get(entry.alias());
            Entry was = before.remove(Content.of(entry));
            if (certificate != null) {
                changes.add(entering(entry, was, certificate, why));
            }
        }
        for (Entry entry : before.values()) {
            PartnerCertificate certificate = contents.certificates().get(entry.alias());
            if (certificate != null) {
                changes.add(change(Action.REMOVE, entry, certificate, why.apply(Action.REMOVE, entry)));
            }
        }
        return changes;
    }

    private static Change entering(
            Entry entry,
            @org.jspecify.annotations.Nullable Entry was,
            PartnerCertificate certificate,
            BiFunction<Action, Entry, Why> why) {
        if (was == null) {
            return change(Action.ADD, entry, certificate, why.apply(Action.ADD, entry));
        }
        if (was.role() == entry.role()) {
            Why renamed = new Why(
                    "renamed from " + was.alias(), why.apply(Action.KEEP, entry).until());
            return change(Action.KEEP, entry, certificate, renamed);
        }
        Action action = entry.role() == Role.CURRENT ? Action.PROMOTE : Action.RETIRE;
        return change(action, entry, certificate, why.apply(action, entry));
    }

    private static Change change(Action action, Entry entry, PartnerCertificate certificate, Why why) {
        return new Change(
                action, entry.alias(), certificate, entry.herId(), entry.purpose(), why.until(), why.reason());
    }

    /** Why a run does what it does with an entry. */
    static Why decided(Map<HerId, PartyDecision> decisions, Action action, Entry entry) {
        PartyDecision party = decisions.get(entry.herId());
        if (party == null) {
            return new Why("the party was taken out of the configuration", Optional.empty());
        }
        Optional<CertificateDecision> decision = party.certificates().stream()
                .filter(each -> each.purpose() == entry.purpose()
                        && each.certificate().sha256().equals(entry.sha256()))
                .findFirst();
        String reason = decision.flatMap(each -> each.reasons().stream().findFirst())
                .map(Object::toString)
                .orElse(
                        switch (action) {
                            case ADD -> "named for the party and accepted";
                            case PROMOTE -> "preferred among the accepted ones";
                            case RETIRE -> "a newer one is current";
                            case REMOVE -> "no longer wanted in this keystore";
                            case KEEP, WAIT, REJECT -> action.id();
                        });
        return new Why(reason, decision.flatMap(CertificateDecision::until));
    }
}
