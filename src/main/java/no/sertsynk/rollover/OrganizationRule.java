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
    private final Set<OrganizationNumber> misfits;
    private final boolean somethingFits;

    /** For a party whose otherwise accepted candidates are these. */
    OrganizationRule(OrganizationFacts facts, Collection<Assessment> candidates) {
        this.facts = facts;
        Set<OrganizationNumber> others = new TreeSet<>();
        boolean fits = false;
        for (Assessment candidate : candidates) {
            Optional<OrganizationNumber> number = candidate.subject().organizationNumber();
            if (number.isPresent() && facts.fits(number.get())) {
                fits = true;
            } else {
                number.ifPresent(others::add);
            }
        }
        this.misfits = others;
        this.somethingFits = fits;
    }

    /** The assessment with what this rule adds to it. Rejected ones are returned as they are. */
    Assessment apply(Assessment assessment) {
        if (assessment.verdict() == Verdict.REJECTED) {
            return assessment;
        }
        Optional<OrganizationNumber> number = assessment.subject().organizationNumber();
        if (number.isPresent() && (facts.fits(number.get()) || isRemembered(number.get()))) {
            return assessment;
        }
        boolean accept = facts.mode() == OrganizationMode.REPORT || (number.isPresent() && mayDecide());
        Reason reason = Reason.of(ReasonCode.WRONG_ORGANIZATION, message(number, accept));
        return accept ? assessment.withWarning(reason) : assessment.rejected(reason);
    }

    private boolean isRemembered(OrganizationNumber number) {
        return facts.mode() == OrganizationMode.REMEMBER
                && facts.pin().isEmpty()
                && facts.remembered().contains(number);
    }

    private boolean mayDecide() {
        return facts.mode() == OrganizationMode.REMEMBER
                && facts.pin().isEmpty()
                && !facts.decided()
                && !somethingFits
                && misfits.size() == 1;
    }

    private String message(Optional<OrganizationNumber> number, boolean accept) {
        Set<OrganizationNumber> allowed = new TreeSet<>();
        facts.pin().ifPresentOrElse(allowed::add, () -> {
            allowed.addAll(facts.fitting());
            if (facts.mode() == OrganizationMode.REMEMBER) {
                allowed.addAll(facts.remembered());
            }
        });
        String expected = allowed.isEmpty()
                ? "an organisation number that the register tells for the party"
                : "organisation number "
                        + allowed.stream().map(OrganizationNumber::digits).collect(joining(" or "));
        String found = number.map(OrganizationNumber::digits).orElse("none");
        String todo = accept
                ? "accepted; if it is wrong, pin organizationNumber for the party"
                : "if it is right (hosted message handling), pin it as organizationNumber of the party or run sync"
                        + " --accept-organization "
                        + number.map(OrganizationNumber::digits).orElse("NUMBER");
        return "expected " + expected + ", found " + found + " in the certificate; " + todo;
    }
}
