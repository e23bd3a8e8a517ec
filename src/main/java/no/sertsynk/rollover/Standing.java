package no.sertsynk.rollover;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;

/**
 * All that is known of one certificate for one purpose of a party. It is named, installed or both.
 *
 * @param assessment with the rules on organisation number and key usage applied
 * @param wasCurrent whether it is installed as the current one
 * @param takesOver when the announcement that names it takes effect; empty if none is ahead
 */
record Standing(
        PartnerCertificate certificate,
        Assessment assessment,
        Naming naming,
        boolean installed,
        boolean wasCurrent,
        Optional<Instant> takesOver) {
    /** The preferred one first. */
    static final Comparator<Standing> ORDER = Comparator.comparing(Standing::certificate, Preference.ORDER);

    boolean isAccepted() {
        return assessment.verdict() == Verdict.ACCEPTED;
    }

    boolean isAcceptedCandidate() {
        return isAccepted() && naming.isCandidate();
    }

    /** Whether it is installed and nothing that was found makes it go; on an undetermined verdict nothing goes. */
    boolean mayStay() {
        return installed && (assessment.verdict() != Verdict.REJECTED || isEarly(assessment));
    }

    /** Whether it can become current among the candidates: accepted, or current already and now in doubt. */
    boolean isEligible() {
        return isAcceptedCandidate()
                || (naming.isCandidate() && wasCurrent && assessment.verdict() == Verdict.UNDETERMINED);
    }

    /** Whether nothing is wrong but that its time has not come. */
    static boolean isEarly(Assessment assessment) {
        return assessment.has(ReasonCode.NOT_YET_VALID)
                && assessment.reasons().stream()
                        .allMatch(reason -> reason.code() == ReasonCode.NOT_YET_VALID
                                || reason.code() == ReasonCode.REVOCATION_UNKNOWN);
    }
}
