package no.sertsynk.rollover;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;

/**
 * Whether a certificate's organisation number fits its party. A mismatch is normal with hosted message handling, so the
 * setting decides; see the contract's rule "Organisation number".
 */
final class OrganizationRule {
    private final OrganizationFacts facts;
    private final boolean oneMayDecide;

    /** For a party whose otherwise accepted candidates are these. */
    OrganizationRule(OrganizationFacts facts, Collection<Assessment> candidates) {
        this.facts = facts;
        Set<OrganizationNumber> numbers = new TreeSet<>();
        candidates.forEach(candidate -> candidate.subject().organizationNumber().ifPresent(numbers::add));
        this.oneMayDecide = facts.isOpen() && numbers.size() == 1;
    }

    /** The assessment with what this rule adds to it. What is rejected for good is returned as it is. */
    Assessment apply(Assessment assessment) {
        boolean early = Standing.isEarly(assessment);
        if ((assessment.verdict() == Verdict.REJECTED && !early) || !facts.canTell()) {
            return assessment;
        }
        Optional<OrganizationNumber> number = assessment.subject().organizationNumber();
        if (number.filter(facts::fits).isPresent() || (early && facts.mayAccept(number))) {
            return assessment;
        }
        boolean accept = facts.mode() == OrganizationMode.REPORT || (number.isPresent() && oneMayDecide);
        Reason reason = Reason.of(ReasonCode.WRONG_ORGANIZATION, message(number, accept));
        return accept ? assessment.withWarning(reason) : assessment.rejected(reason);
    }

    private String message(Optional<OrganizationNumber> number, boolean accept) {
        Set<OrganizationNumber> allowed = new TreeSet<>();
        facts.pin().ifPresentOrElse(allowed::add, () -> facts.fitting().ifPresent(allowed::addAll));
        if (facts.isRemembering()) {
            allowed.addAll(facts.remembered());
        }
        String expected = allowed.isEmpty()
                ? "an organisation number that the register tells for the party"
                : "organisation number "
                        + allowed.stream().map(OrganizationNumber::digits).collect(joining(" or "));
        String found = number.map(OrganizationNumber::digits).orElse("none");
        return "expected " + expected + ", found " + found + " in the certificate; " + remedy(number, accept);
    }

    private String remedy(Optional<OrganizationNumber> number, boolean accept) {
        if (accept) {
            return "accepted; if it is wrong, pin organizationNumber for the party";
        }
        if (number.isEmpty()) {
            return "ask the party for a certificate with its organisation number";
        }
        if (facts.pin().isPresent()) {
            return "if it is right, change the pinned organizationNumber of the party";
        }
        return "if it is right (hosted message handling), pin it as organizationNumber of the party"
                + (facts.isRemembering()
                        ? " or run sync --accept-organization " + number.get().digits()
                        : "");
    }
}
