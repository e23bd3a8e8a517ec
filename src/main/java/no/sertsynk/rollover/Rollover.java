package no.sertsynk.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;

/**
 * Decides what should be installed for a party. Pure: the same situation gives the same decision, in whatever order the
 * offers arrived.
 *
 * <p>The order of thought: may the organisation number be; which system's certificates are the party's; then for each
 * purpose which one is current, what stays beside it, what waits and what goes.
 */
public final class Rollover {
    private final PartySituation situation;
    private final List<Reason> reasons;
    private final List<Reason> warnings = new ArrayList<>();
    private final List<CertificateDecision> decisions = new ArrayList<>();
    private final Map<Sha256, Instant> droppedAt = new HashMap<>();

    private Rollover(PartySituation situation) {
        this.situation = situation;
        this.reasons = new ArrayList<>(situation.problems());
    }

    public static PartyDecision decide(PartySituation situation) {
        return new Rollover(situation).decide();
    }

    private PartyDecision decide() {
        SystemGroups groups = SystemGroups.choose(situation, situation.offers());
        groups.problem().ifPresent(reasons::add);
        OrganizationRule rule = new OrganizationRule(
                situation.organization(),
                groups.offers().stream()
                        .map(Offer::assessment)
                        .filter(assessment -> assessment.verdict() != Verdict.REJECTED)
                        .toList());
        List<Offer> offers = groups.offers().stream()
                .map(offer -> withRule(rule, offer))
                .sorted((a, b) -> Preference.ORDER.compare(a.certificate(), b.certificate()))
                .toList();
        boolean answered = reasons.isEmpty();
        boolean complete = true;
        for (Purpose purpose : new TreeSet<>(situation.purposes())) {
            complete &= new PurposeRollover(purpose, offers, rule, answered).decide();
        }
        explainMissing(offers, answered, complete);
        return new PartyDecision(reasons, warnings, decisions, organizations(), droppedAt);
    }

    private static Offer withRule(OrganizationRule rule, Offer offer) {
        return new Offer(offer.certificate(), rule.apply(offer.assessment()), offer.exact(), offer.announcedFrom());
    }

    private void explainMissing(List<Offer> offers, boolean answered, boolean complete) {
        if (!situation.missingSerials().isEmpty()) {
            Reason missing = Reason.of(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected a certificate with serial number " + situation.missingSerials()
                            + " that the LDAP string names, found none in the directory;"
                            + " ask the party to correct its string in Adresseregisteret");
            (complete ? warnings : reasons).add(missing);
        } else if (answered && offers.isEmpty()) {
            reasons.add(Reason.of(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected certificates at the party's LDAP string, found none in the directory;"
                            + " ask the party to correct its string in Adresseregisteret"));
        }
    }

    /** Numbers of what is to be installed, and what was remembered before. */
    private Set<OrganizationNumber> organizations() {
        Set<OrganizationNumber> numbers = new TreeSet<>(situation.organization().remembered());
        if (!situation.organization().decided()) {
            decisions.stream()
                    .filter(CertificateDecision::isInstalled)
                    .flatMap(decision -> decision.assessment().subject().organizationNumber().stream())
                    .forEach(numbers::add);
        }
        return numbers;
    }

    /** The decision for one purpose. */
    private final class PurposeRollover {
        private final Purpose purpose;
        private final OrganizationRule rule;
        private final boolean answered;
        private final Map<Sha256, Offer> offered = new LinkedHashMap<>();
        private final Map<Sha256, Installed> present = new LinkedHashMap<>();
        private final Map<Sha256, Assessment> staying = new LinkedHashMap<>();

        PurposeRollover(Purpose purpose, List<Offer> offers, OrganizationRule rule, boolean answered) {
            this.purpose = purpose;
            this.rule = rule;
            this.answered = answered;
            for (Offer offer : offers) {
                if (offer.assessment().purposes().contains(purpose)) {
                    offered.putIfAbsent(offer.certificate().sha256(), offer);
                }
            }
            situation.installed().stream()
                    .filter(installed -> installed.purpose() == purpose)
                    .sorted((a, b) -> Preference.ORDER.compare(a.certificate(), b.certificate()))
                    .forEach(installed ->
                            present.merge(installed.certificate().sha256(), installed, (a, b) -> a.current() ? a : b));
            unusable(offers);
        }

        /** Certificates that serve no purpose at all explain why a purpose is left without one. */
        private void unusable(List<Offer> offers) {
            if (!offered.isEmpty()) {
                return;
            }
            for (Offer offer : offers) {
                if (offer.assessment().purposes().isEmpty()) {
                    offered.putIfAbsent(offer.certificate().sha256(), offer);
                }
            }
        }

        /** Whether the purpose has an accepted candidate. */
        boolean decide() {
            Map<Sha256, Assessment> accepted = acceptedOffers(false);
            settleInstalled(!accepted.isEmpty());
            Optional<Sha256> current = chooseCurrent(accepted);
            Map<Sha256, Assessment> desired = new LinkedHashMap<>(accepted);
            acceptedOffers(true).forEach(desired::putIfAbsent);
            staying.forEach(desired::putIfAbsent);
            desired.forEach((sha256, assessment) -> install(sha256, assessment, current));
            offered.values().stream()
                    .filter(offer -> !desired.containsKey(offer.certificate().sha256())
                            && !present.containsKey(offer.certificate().sha256()))
                    .forEach(this::refuse);
            explainUsage(current);
            return !accepted.isEmpty();
        }

        private Map<Sha256, Assessment> acceptedOffers(boolean announced) {
            Map<Sha256, Assessment> accepted = new LinkedHashMap<>();
            offered.values().stream()
                    .filter(offer -> offer.announcedFrom().isPresent() == announced)
                    .filter(offer -> offer.assessment().verdict() == Verdict.ACCEPTED)
                    .forEach(offer -> accepted.put(offer.certificate().sha256(), offer.assessment()));
            return accepted;
        }

        private void settleInstalled(boolean hasSuccessor) {
            for (Installed installed : present.values()) {
                Sha256 sha256 = installed.certificate().sha256();
                Assessment assessment = rule.apply(installed.assessment());
                Optional<Reason> leaves = leaves(installed, assessment, hasSuccessor);
                if (leaves.isPresent()) {
                    List<Reason> why = assessment.reasons().isEmpty() ? List.of(leaves.get()) : assessment.reasons();
                    add(installed.certificate(), assessment, Role.NONE, Action.REMOVE, Optional.empty(), why);
                } else {
                    staying.put(sha256, assessment);
                }
            }
        }

        /** Why an installed certificate must go, if it must. On an undetermined verdict nothing goes. */
        private Optional<Reason> leaves(Installed installed, Assessment assessment, boolean hasSuccessor) {
            if (assessment.verdict() == Verdict.UNDETERMINED || isOnlyNotYetValid(assessment)) {
                return Optional.empty();
            }
            if (assessment.verdict() == Verdict.REJECTED) {
                return Optional.of(assessment.reasons().getFirst());
            }
            Sha256 sha256 = installed.certificate().sha256();
            if (!answered || !hasSuccessor || offered.containsKey(sha256)) {
                return Optional.empty();
            }
            Instant since = situation.droppedAt().getOrDefault(sha256, situation.at());
            if (situation.keepPrevious().isPresent()
                    && !situation
                            .at()
                            .isBefore(since.plus(situation.keepPrevious().get()))) {
                return Optional.of(Reason.of(
                        ReasonCode.REGISTER_MISMATCH,
                        "the register names it no more since " + since + ", and keepPrevious has passed"));
            }
            droppedAt.put(sha256, since);
            return Optional.empty();
        }

        private Optional<Sha256> chooseCurrent(Map<Sha256, Assessment> accepted) {
            Optional<Sha256> installedCurrent = present.values().stream()
                    .filter(installed -> installed.current()
                            && staying.containsKey(installed.certificate().sha256()))
                    .map(installed -> installed.certificate().sha256())
                    .findFirst();
            List<Sha256> eligible = new ArrayList<>(accepted.keySet());
            installedCurrent
                    .filter(sha256 -> offered.containsKey(sha256) && !eligible.contains(sha256))
                    .ifPresent(eligible::add);
            Sha256 own = situation.own().get(purpose);
            if (own != null && !eligible.isEmpty()) {
                if (eligible.contains(own)) {
                    return Optional.of(own);
                }
                if (!offered.containsKey(own)) {
                    warnings.add(Reason.of(
                            ReasonCode.REGISTER_MISMATCH,
                            "expected the register's own " + purpose + " certificate (SHA-256 " + own
                                    + ") among the directory's, found others; the installed one stays current"));
                    if (installedCurrent.isPresent()) {
                        return installedCurrent;
                    }
                }
            }
            if (eligible.isEmpty()) {
                return installedCurrent
                        .or(() -> best(staying.keySet()))
                        .or(() -> best(acceptedOffers(true).keySet()));
            }
            return best(eligible);
        }

        private Optional<Sha256> best(Iterable<Sha256> from) {
            PartnerCertificate found = null;
            for (Sha256 sha256 : from) {
                PartnerCertificate certificate = certificate(sha256);
                if (found == null || Preference.ORDER.compare(certificate, found) < 0) {
                    found = certificate;
                }
            }
            return Optional.ofNullable(found).map(PartnerCertificate::sha256);
        }

        private PartnerCertificate certificate(Sha256 sha256) {
            Offer offer = offered.get(sha256);
            if (offer != null) {
                return offer.certificate();
            }
            Installed installed = present.get(sha256);
            if (installed == null) {
                throw new IllegalStateException("neither offered nor installed: " + sha256);
            }
            return installed.certificate();
        }

        private void install(Sha256 sha256, Assessment assessment, Optional<Sha256> current) {
            PartnerCertificate certificate = certificate(sha256);
            Installed installed = present.get(sha256);
            boolean isCurrent = current.filter(sha256::equals).isPresent();
            Action action;
            if (installed == null) {
                action = Action.ADD;
            } else if (isCurrent) {
                action = installed.current() ? Action.KEEP : Action.PROMOTE;
            } else {
                boolean newlyDropped =
                        droppedAt.containsKey(sha256) && !situation.droppedAt().containsKey(sha256);
                action = newlyDropped ? Action.RETIRE : Action.KEEP;
            }
            Optional<Instant> until = isCurrent ? Optional.empty() : Optional.of(end(certificate));
            add(certificate, assessment, isCurrent ? Role.CURRENT : Role.PARALLEL, action, until, assessment.reasons());
        }

        private Instant end(PartnerCertificate certificate) {
            Instant expiry = certificate.notAfter();
            Instant dropped = droppedAt.get(certificate.sha256());
            if (dropped == null || situation.keepPrevious().isEmpty()) {
                return expiry;
            }
            Instant end = dropped.plus(situation.keepPrevious().get());
            return end.isBefore(expiry) ? end : expiry;
        }

        private void refuse(Offer offer) {
            Assessment assessment = offer.assessment();
            if (isOnlyNotYetValid(assessment)) {
                add(
                        offer.certificate(),
                        assessment,
                        Role.NEXT,
                        Action.WAIT,
                        Optional.of(offer.certificate().notBefore()),
                        assessment.reasons());
            } else {
                Action action = assessment.verdict() == Verdict.UNDETERMINED ? Action.WAIT : Action.REJECT;
                add(offer.certificate(), assessment, Role.NONE, action, Optional.empty(), assessment.reasons());
            }
        }

        private void explainUsage(Optional<Sha256> current) {
            if (!answered || !offered.isEmpty() || situation.offers().isEmpty()) {
                return;
            }
            if (!situation.missingSerials().isEmpty()) {
                return;
            }
            Reason reason = Reason.of(
                    ReasonCode.WRONG_KEY_USAGE,
                    "expected a certificate whose key usage allows " + purpose + ", found "
                            + situation.offers().size()
                            + " for other purposes; ask the party to register all its certificates");
            (current.isPresent() ? warnings : reasons).add(reason);
        }

        private void add(
                PartnerCertificate certificate,
                Assessment assessment,
                Role role,
                Action action,
                Optional<Instant> until,
                List<Reason> why) {
            decisions.add(new CertificateDecision(purpose, certificate, assessment, role, action, until, why));
        }
    }

    private static boolean isOnlyNotYetValid(Assessment assessment) {
        return assessment.has(ReasonCode.NOT_YET_VALID)
                && assessment.reasons().stream()
                        .allMatch(reason -> reason.code() == ReasonCode.NOT_YET_VALID
                                || reason.code() == ReasonCode.REVOCATION_UNKNOWN);
    }
}
