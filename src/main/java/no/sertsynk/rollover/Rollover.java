package no.sertsynk.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;

/**
 * Decides what should be installed for a party. Pure: the same situation gives the same decision, in whatever order the
 * offers arrived.
 *
 * <p>The order of thought: which system's certificates are the party's; may the organisation number be; then for each
 * purpose which one is current, what stays beside it, what waits and what goes.
 */
public final class Rollover {
    private final PartySituation situation;
    private final List<Reason> reasons;
    private final List<Reason> warnings = new ArrayList<>();

    private Rollover(PartySituation situation) {
        this.situation = situation;
        this.reasons = new ArrayList<>(situation.problems());
    }

    public static PartyDecision decide(PartySituation situation) {
        return new Rollover(situation).decide();
    }

    private PartyDecision decide() {
        List<Offer> offers = ofOneSystem();
        OrganizationRule rule = new OrganizationRule(
                situation.organization(),
                offers.stream()
                        .map(Offer::assessment)
                        .filter(assessment -> assessment.verdict() != Verdict.REJECTED)
                        .toList());
        offers = offers.stream()
                .map(offer -> offer.with(rule.apply(offer.assessment())))
                .toList();
        List<PurposeRollover> purposes = purposes(offers, rule);
        Set<PartnerCertificate> currents =
                purposes.stream().flatMap(purpose -> purpose.current().stream()).collect(Collectors.toSet());
        List<CertificateDecision> certificates = new ArrayList<>();
        Map<Sha256, Instant> droppedAt = new HashMap<>();
        for (PurposeRollover purpose : purposes) {
            certificates.addAll(purpose.decide(currents));
            droppedAt.putAll(purpose.droppedAt(currents));
            warnings.addAll(purpose.warnings());
        }
        explain(offers, purposes);
        purposes.forEach(purpose -> purpose.lacking().ifPresent(reasons::add));
        return new PartyDecision(reasons, warnings, certificates, organizations(certificates), droppedAt);
    }

    /** What is in force and what is announced are each of one system; a party may announce that it moves to another. */
    private List<Offer> ofOneSystem() {
        Map<Boolean, List<Offer>> byTime =
                situation.offers().stream().collect(Collectors.partitioningBy(this::isAnnounced));
        SystemGroups.Choice now = SystemGroups.choose(situation, byTime.getOrDefault(false, List.of()));
        SystemGroups.Choice later = SystemGroups.choose(situation, byTime.getOrDefault(true, List.of()));
        now.problem().ifPresent(reasons::add);
        later.problem().ifPresent(warnings::add);
        List<Offer> offers = new ArrayList<>(now.offers());
        offers.addAll(later.offers());
        return offers;
    }

    private boolean isAnnounced(Offer offer) {
        return offer.naming(situation.at()) == Naming.ANNOUNCED;
    }

    private List<PurposeRollover> purposes(List<Offer> offers, OrganizationRule rule) {
        boolean conclusive = reasons.isEmpty() && situation.emptyStrings().isEmpty();
        Set<Sha256> candidates = offers.stream()
                .filter(offer -> !isAnnounced(offer))
                .map(offer -> offer.certificate().sha256())
                .collect(Collectors.toSet());
        return new TreeSet<>(situation.purposes())
                .stream()
                        .map(purpose -> new PurposeRollover(
                                situation,
                                purpose,
                                Standings.of(situation, purpose, offers, rule),
                                candidates,
                                conclusive))
                        .toList();
    }

    /** Says why a purpose has no certificate. */
    private void explain(List<Offer> offers, List<PurposeRollover> purposes) {
        boolean complete = purposes.stream().allMatch(PurposeRollover::hasAcceptedCandidate);
        boolean answered = reasons.isEmpty();
        List<String> missing = missing();
        for (String what : missing) {
            Reason reason = Reason.of(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected " + what + ", found none in the directory;"
                            + " ask the party to correct its string in Adresseregisteret");
            (complete ? warnings : reasons).add(reason);
        }
        if (answered && missing.isEmpty() && !offers.isEmpty()) {
            purposes.stream().filter(PurposeRollover::isWithoutOffer).forEach(purpose -> {
                Reason reason = Reason.of(
                        ReasonCode.WRONG_KEY_USAGE,
                        "expected a certificate whose key usage allows " + purpose.purpose() + ", found "
                                + offers.size() + " for other purposes;"
                                + " ask the party to register all its certificates");
                (purpose.current().isPresent() ? warnings : reasons).add(reason);
            });
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!situation.missingSerials().isEmpty()) {
            missing.add("a certificate with serial number "
                    + situation.missingSerials().stream()
                            .sorted()
                            .map(Object::toString)
                            .collect(Collectors.joining(", "))
                    + " that the LDAP string names");
        }
        situation.emptyStrings().forEach(string -> missing.add("certificates at the LDAP string " + string));
        return missing;
    }

    /** Numbers of what is to be installed, and what was remembered before. */
    private Set<OrganizationNumber> organizations(List<CertificateDecision> certificates) {
        Set<OrganizationNumber> numbers = new TreeSet<>(situation.organization().remembered());
        if (!situation.organization().decided()) {
            certificates.stream()
                    .filter(CertificateDecision::isInstalled)
                    .flatMap(decision -> decision.assessment().subject().organizationNumber().stream())
                    .forEach(numbers::add);
        }
        return numbers;
    }
}
