package no.sertsynk.rollover;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;

/**
 * The decision for one purpose of a party: which certificate is current, and what becomes of each of the others. First
 * all purposes choose; then each decides, because what is current for one is not retired for another.
 */
final class PurposeRollover {
    private final PartySituation situation;
    private final Purpose purpose;
    private final List<Standing> standings;
    private final OldEnd end;
    private final boolean conclusive;
    private final boolean hasSuccessor;
    private final List<Reason> warnings;
    private final Optional<Standing> current;

    /**
     * @param standings the preferred one first
     * @param candidates all that the party has now, for whatever purpose
     * @param conclusive whether everything was answered and found, so that what is not named was dropped
     */
    PurposeRollover(
            PartySituation situation,
            Purpose purpose,
            List<Standing> standings,
            Set<Sha256> candidates,
            boolean conclusive) {
        this.situation = situation;
        this.purpose = purpose;
        this.standings = standings;
        this.conclusive = conclusive;
        this.end = new OldEnd(situation, purpose, standings);
        this.hasSuccessor = standings.stream().anyMatch(Standing::isAcceptedCandidate);
        CurrentChoice choice = CurrentChoice.of(situation, purpose, end.staying(), candidates);
        this.current = choice.chosen();
        this.warnings = choice.warning().stream().toList();
    }

    Purpose purpose() {
        return purpose;
    }

    /** Whether nothing that the party has, now or later, is for the purpose. */
    boolean isWithoutOffer() {
        return standings.stream()
                .noneMatch(standing -> standing.naming().isCandidate() || standing.naming() == Naming.ANNOUNCED);
    }

    /** Whether the purpose has an accepted candidate. */
    boolean hasAcceptedCandidate() {
        return hasSuccessor;
    }

    Optional<PartnerCertificate> current() {
        return current.map(Standing::certificate);
    }

    /** That the new certificate is lacking though the old one ends soon, or has ended. */
    Optional<Reason> lacking() {
        return end.lacking();
    }

    List<Reason> warnings() {
        return warnings;
    }

    /** Since when the register names an installed certificate no more. */
    Map<Sha256, Instant> droppedAt(Set<PartnerCertificate> currents) {
        Map<Sha256, Instant> droppedAt = new HashMap<>();
        for (Standing standing : standings) {
            droppedSince(standing, currents)
                    .ifPresent(since -> droppedAt.put(standing.certificate().sha256(), since));
        }
        return droppedAt;
    }

    /** @param currents what is current for any purpose of the party */
    List<CertificateDecision> decide(Set<PartnerCertificate> currents) {
        return standings.stream()
                .map(standing -> standing.installed() ? settle(standing, currents) : enter(standing))
                .toList();
    }

    /** What becomes of an installed one. */
    private CertificateDecision settle(Standing standing, Set<PartnerCertificate> currents) {
        Optional<Instant> dropped = droppedSince(standing, currents);
        if (!standing.mayStay()) {
            return decision(standing, Role.NONE, Action.REMOVE, Optional.empty());
        }
        if (end.reaches(standing)) {
            return decision(standing, Role.NONE, Action.REMOVE, end.reason());
        }
        if (isCurrent(standing)) {
            Action action = standing.wasCurrent() ? Action.KEEP : Action.PROMOTE;
            return decision(standing, Role.CURRENT, action, Optional.empty());
        }
        Optional<Instant> leaves = end.governs(standing)
                ? end.ahead()
                : dropped.flatMap(since -> situation.keepPrevious().map(since::plus));
        if (leaves.isPresent() && mayDrop(standing) && !situation.at().isBefore(leaves.get())) {
            return overdue(standing, dropped.get());
        }
        Instant expiry = standing.certificate().notAfter();
        Instant until = leaves.filter(expiry::isAfter).orElse(expiry);
        boolean isNew = dropped.isPresent()
                && !situation.droppedAt().containsKey(standing.certificate().sha256());
        return decision(standing, Role.PARALLEL, isNew ? Action.RETIRE : Action.KEEP, Optional.of(until));
    }

    /** What is in doubt stays until the doubt is gone, and so does all where the register's answer is in doubt. */
    private boolean mayDrop(Standing standing) {
        return conclusive && hasSuccessor && standing.isAccepted();
    }

    private CertificateDecision overdue(Standing standing, Instant since) {
        return decision(
                standing,
                Role.NONE,
                Action.REMOVE,
                Reason.of(
                        ReasonCode.REGISTER_MISMATCH,
                        "the register names it no more since " + since + ", and keepPrevious has passed"));
    }

    private CertificateDecision decision(Standing standing, Role role, Action action, Reason why) {
        return new CertificateDecision(
                purpose,
                standing.certificate(),
                standing.assessment(),
                role,
                action,
                Optional.empty(),
                Optional.empty(),
                List.of(why));
    }

    /** What is known stays known: neither a failure nor a guard lets the time start anew. */
    private Optional<Instant> droppedSince(Standing standing, Set<PartnerCertificate> currents) {
        if (!standing.installed() || standing.naming() != Naming.NOT || currents.contains(standing.certificate())) {
            return Optional.empty();
        }
        Instant known = situation.droppedAt().get(standing.certificate().sha256());
        return known != null || !conclusive || !hasSuccessor ? Optional.ofNullable(known) : Optional.of(situation.at());
    }

    /** What becomes of one that is not installed. */
    private CertificateDecision enter(Standing standing) {
        if (end.reaches(standing)) {
            return decision(standing, Role.NONE, Action.REJECT, end.reason());
        }
        if (standing.isAccepted()) {
            Instant end = standing.certificate().notAfter();
            return isCurrent(standing)
                    ? decision(standing, Role.CURRENT, Action.ADD, Optional.empty())
                    : decision(standing, Role.PARALLEL, Action.ADD, Optional.of(end));
        }
        if (Standing.isEarly(standing.assessment())) {
            return decision(
                    standing,
                    Role.NEXT,
                    Action.WAIT,
                    Optional.of(standing.certificate().notBefore()));
        }
        boolean open = standing.assessment().verdict() == Verdict.UNDETERMINED;
        return decision(standing, Role.NONE, open ? Action.WAIT : Action.REJECT, Optional.empty());
    }

    private boolean isCurrent(Standing standing) {
        return current.filter(standing::equals).isPresent();
    }

    private CertificateDecision decision(Standing standing, Role role, Action action, Optional<Instant> until) {
        return new CertificateDecision(
                purpose,
                standing.certificate(),
                standing.assessment(),
                role,
                action,
                until,
                standing.takesOver(),
                standing.assessment().reasons());
    }
}
