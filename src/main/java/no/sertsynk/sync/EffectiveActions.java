package no.sertsynk.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.sync.DesiredEntries.Content;

/**
 * Where what is done with a certificate is not what was decided for the party: it lies in one keystore and is added to
 * another that wants it; or it cannot be changed because every keystore that serves the party is held. Pure.
 */
final class EffectiveActions {
    private EffectiveActions() {}

    static Map<CertificateDecision, Action> of(
            Collection<KeystoreView> keystores, Map<HerId, PartyDecision> decisions) {
        List<Holding> holdings = keystores.stream().map(Holding::of).toList();
        Map<CertificateDecision, Action> actions = new HashMap<>();
        decisions.forEach((herId, decision) -> {
            for (CertificateDecision certificate : decision.certificates()) {
                List<Holding> wanting = holdings.stream()
                        .filter(holding -> holding.wants(herId, certificate.purpose()))
                        .toList();
                boolean isHeld = !wanting.isEmpty()
                        && wanting.stream().allMatch(holding -> holding.view().isHeld());
                if (isHeld && PartyOutcome.isChange(certificate.action())) {
                    actions.put(certificate, certificate.action() == Action.ADD ? Action.WAIT : Action.KEEP);
                } else if (certificate.action() == Action.KEEP
                        && certificate.isInstalled()
                        && wanting.stream().anyMatch(holding -> holding.takes(herId, certificate))) {
                    actions.put(certificate, Action.ADD);
                }
            }
        });
        return actions;
    }

    /** A keystore and what it holds. */
    private record Holding(KeystoreView view, Set<Content> contents) {
        static Holding of(KeystoreView view) {
            return new Holding(view, view.owned().stream().map(Content::of).collect(Collectors.toSet()));
        }

        boolean wants(HerId herId, Purpose purpose) {
            return view.setting().serves(herId) && view.setting().purposes().contains(purpose);
        }

        /** Whether it lacks the certificate and can be given it. */
        boolean takes(HerId herId, CertificateDecision certificate) {
            Content content = new Content(
                    herId, certificate.purpose(), certificate.certificate().sha256());
            return view.isWritable() && !contents.contains(content);
        }
    }
}
