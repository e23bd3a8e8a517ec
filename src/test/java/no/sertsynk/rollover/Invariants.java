package no.sertsynk.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every decision, whatever the situation; told from the situation alone. For parties whose organisation
 * number fits and whose strings are exact.
 */
final class Invariants {
    private final PartySituation situation;
    private final PartyDecision decision;
    private final Map<Key, CertificateDecision> decided = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    private record Key(Purpose purpose, PartnerCertificate certificate) {}

    private Invariants(PartySituation situation, PartyDecision decision) {
        this.situation = situation;
        this.decision = decision;
    }

    /** The sentences that do not hold; none if all is well. */
    static List<String> broken(PartySituation situation) {
        Invariants invariants = new Invariants(situation, Rollover.decide(situation));
        invariants.check();
        return invariants.broken;
    }

    private void check() {
        for (CertificateDecision certificate : decision.certificates()) {
            Key key = new Key(certificate.purpose(), certificate.certificate());
            require(decided.put(key, certificate) == null, "one decision for each certificate and purpose", key);
        }
        situation.offers().forEach(this::checkOffer);
        situation.installed().forEach(this::checkInstalled);
        decision.certificates().forEach(this::checkAction);
        situation.purposes().forEach(this::checkCurrent);
        situation.purposes().forEach(this::checkCutOver);
        checkRepetition();
        checkOrder();
    }

    private void checkOffer(Offer offer) {
        for (Purpose purpose : situation.purposes()) {
            if (offer.assessment().purposes().contains(purpose)) {
                CertificateDecision fate = decided.get(new Key(purpose, offer.certificate()));
                require(fate != null, "everything named is spoken of", offer);
                require(
                        fate == null
                                || fate.isInstalled()
                                || offer.assessment().verdict() != Verdict.ACCEPTED
                                || isSwitchedOff(fate),
                        "nothing accepted and named is missing",
                        fate);
            }
        }
    }

    private void checkInstalled(Installed installed) {
        if (!situation.purposes().contains(installed.purpose())) {
            return;
        }
        CertificateDecision fate = decided.get(new Key(installed.purpose(), installed.certificate()));
        require(fate != null, "everything installed is spoken of", installed);
        if (fate == null) {
            return;
        }
        switch (installed.assessment().verdict()) {
            case ACCEPTED ->
                require(
                        fate.isInstalled() || mayDrop(installed) || isSwitchedOff(fate),
                        "nothing accepted goes but what was dropped or is switched off",
                        fate);
            case UNDETERMINED ->
                require(fate.isInstalled() || mayDrop(installed), "nothing goes on an undetermined verdict", fate);
            case REJECTED ->
                require(fate.isInstalled() == isEarly(installed.assessment()), "nothing rejected stays", fate);
        }
    }

    private boolean isOld(PartnerCertificate certificate) {
        return situation.cutOver().filter(end -> end.isOld(certificate)).isPresent();
    }

    private List<CertificateDecision> acceptedNew(Purpose purpose) {
        return decision.certificates().stream()
                .filter(fate -> fate.purpose() == purpose
                        && fate.assessment().verdict() == Verdict.ACCEPTED
                        && !isOld(fate.certificate()))
                .toList();
    }

    /** Whether it is an accepted old one after the cut-over, and an accepted new one is installed. */
    private boolean isSwitchedOff(CertificateDecision fate) {
        return isOld(fate.certificate())
                && fate.assessment().verdict() == Verdict.ACCEPTED
                && situation
                        .cutOver()
                        .filter(end -> !situation.at().isBefore(end.at()))
                        .isPresent()
                && acceptedNew(fate.purpose()).stream().anyMatch(CertificateDecision::isInstalled);
    }

    private void checkCutOver(Purpose purpose) {
        List<CertificateDecision> fates = decision.certificates().stream()
                .filter(fate -> fate.purpose() == purpose)
                .toList();
        for (CertificateDecision fate : fates) {
            require(!isSwitchedOff(fate) || !fate.isInstalled(), "what is switched off goes", fate);
        }
        boolean hasOld = fates.stream().anyMatch(fate -> fate.isInstalled() && isOld(fate.certificate()));
        boolean hasNew = !acceptedNew(purpose).isEmpty()
                || fates.stream()
                        .anyMatch(fate -> fate.isInstalled()
                                && !isOld(fate.certificate())
                                && fate.assessment().verdict() == Verdict.UNDETERMINED);
        boolean isDue = situation
                .cutOver()
                .filter(end -> !situation.at().isBefore(end.warnFrom()))
                .isPresent();
        boolean isTold = decision.reasons().stream()
                .anyMatch(reason -> reason.code() == ReasonCode.ENTRY_NOT_FOUND
                        && reason.message().startsWith("expected a new " + purpose + " certificate"));
        require(isTold == (isDue && hasOld && !hasNew), "a lacking new certificate is told when it is due", fates);
    }

    private boolean mayDrop(Installed installed) {
        return !isOld(installed.certificate()) && isOverdue(installed);
    }

    private boolean isOverdue(Installed installed) {
        Predicate<Offer> same = offer -> offer.certificate().equals(installed.certificate());
        Predicate<Offer> successor =
                offer -> offer.announcedFrom().filter(situation.at()::isBefore).isEmpty()
                        && offer.assessment().verdict() == Verdict.ACCEPTED
                        && offer.assessment().purposes().contains(installed.purpose());
        Instant since =
                situation.droppedAt().getOrDefault(installed.certificate().sha256(), situation.at());
        return situation.problems().isEmpty()
                && situation.offers().stream().noneMatch(same)
                && situation.offers().stream().anyMatch(successor)
                && !situation.missingSerials().contains(installed.certificate().serial())
                && situation.keepPrevious().isPresent()
                && !situation.at().isBefore(since.plus(situation.keepPrevious().get()));
    }

    private void checkAction(CertificateDecision fate) {
        Optional<Installed> before = situation.installed().stream()
                .filter(installed -> installed.purpose() == fate.purpose()
                        && installed.certificate().equals(fate.certificate()))
                .findFirst();
        boolean was = before.isPresent();
        boolean wasCurrent = before.filter(Installed::current).isPresent();
        boolean fits = switch (fate.action()) {
            case ADD -> !was && fate.isInstalled() && fate.assessment().verdict() == Verdict.ACCEPTED;
            case PROMOTE -> was && !wasCurrent && fate.role() == Role.CURRENT;
            case KEEP -> was && fate.isInstalled() && (wasCurrent || fate.role() == Role.PARALLEL);
            case RETIRE -> was && fate.role() == Role.PARALLEL && fate.until().isPresent();
            case REMOVE -> was && fate.role() == Role.NONE && !fate.reasons().isEmpty();
            case WAIT -> !was && (fate.role() == Role.NEXT) == isEarly(fate.assessment()) && !fate.isInstalled();
            case REJECT ->
                !was
                        && fate.role() == Role.NONE
                        && (fate.assessment().verdict() == Verdict.REJECTED || isSwitchedOff(fate));
        };
        require(fits, "the action is what happens", fate);
    }

    private void checkCurrent(Purpose purpose) {
        List<CertificateDecision> after = decision.certificates().stream()
                .filter(fate -> fate.purpose() == purpose && fate.isInstalled())
                .toList();
        List<CertificateDecision> current =
                after.stream().filter(fate -> fate.role() == Role.CURRENT).toList();
        require(current.size() == (after.isEmpty() ? 0 : 1), "one is current wherever any is installed", after);
        boolean accepted = after.stream().anyMatch(fate -> fate.assessment().verdict() == Verdict.ACCEPTED);
        for (CertificateDecision fate : current) {
            boolean stayed = situation.installed().stream()
                    .anyMatch(installed ->
                            installed.current() && installed.certificate().equals(fate.certificate()));
            require(
                    !accepted || stayed || fate.assessment().verdict() == Verdict.ACCEPTED,
                    "what becomes current is accepted where anything is",
                    fate);
        }
    }

    private void checkRepetition() {
        PartyDecision again = Rollover.decide(after(situation, decision));
        require(
                again.certificates().stream()
                        .noneMatch(fate -> fate.action() == Action.ADD
                                || fate.action() == Action.PROMOTE
                                || fate.action() == Action.RETIRE
                                || fate.action() == Action.REMOVE),
                "applying twice changes nothing",
                again);
        require(
                again.droppedAt().equals(installedAlone(decision.droppedAt())),
                "what was dropped stays dropped",
                again);
    }

    private Map<Sha256, Instant> installedAlone(Map<Sha256, Instant> droppedAt) {
        Map<Sha256, Instant> kept = new HashMap<>(droppedAt);
        Set<Sha256> installed = new HashSet<>();
        decision.certificates().stream()
                .filter(CertificateDecision::isInstalled)
                .forEach(fate -> installed.add(fate.certificate().sha256()));
        kept.keySet().retainAll(installed);
        return kept;
    }

    /** The situation once the decision was carried out and nothing else has changed. */
    static PartySituation after(PartySituation before, PartyDecision decision) {
        List<Installed> installed = new ArrayList<>();
        for (CertificateDecision fate : decision.certificates()) {
            if (fate.isInstalled()) {
                installed.add(new Installed(
                        fate.certificate(), fate.assessment(), fate.purpose(), fate.role() == Role.CURRENT));
            }
        }
        return with(before, before.offers(), installed, decision.droppedAt());
    }

    private void checkOrder() {
        PartyDecision other = Rollover.decide(with(
                situation, situation.offers().reversed(), situation.installed().reversed(), situation.droppedAt()));
        require(other.equals(decision), "order of arrival does not matter", other);
    }

    private static PartySituation with(
            PartySituation before,
            Collection<Offer> offers,
            Collection<Installed> installed,
            Map<Sha256, Instant> droppedAt) {
        return new PartySituation(
                before.at(),
                before.purposes(),
                before.problems(),
                List.copyOf(offers),
                List.copyOf(installed),
                before.own(),
                before.organization(),
                before.missingSerials(),
                before.emptyStrings(),
                droppedAt,
                before.keepPrevious(),
                before.cutOver());
    }

    private static boolean isEarly(Assessment assessment) {
        return assessment.reasons().stream().anyMatch(reason -> reason.code() == ReasonCode.NOT_YET_VALID)
                && assessment.reasons().size() == 1;
    }

    private void require(boolean holds, String sentence, @Nullable Object subject) {
        if (!holds) {
            broken.add(sentence + ": " + subject);
        }
    }
}
