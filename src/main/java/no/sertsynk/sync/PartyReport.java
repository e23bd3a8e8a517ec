package no.sertsynk.sync;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Role;

/**
 * How one party fared in a run.
 *
 * @param name as the register tells, or as remembered, or empty text
 * @param organizationNumber the party's own or its parent's
 * @param ldapStrings the strings in force, as the register writes them
 */
public record PartyReport(
        HerId herId,
        String name,
        Optional<OrganizationNumber> organizationNumber,
        List<String> ldapStrings,
        Outcome outcome,
        List<Reason> reasons,
        List<Reason> warnings,
        List<CertificateReport> certificates) {
    public PartyReport {
        ldapStrings = List.copyOf(ldapStrings);
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
        certificates = List.copyOf(certificates);
    }

    /**
     * Whether somebody should look at the certificate. Not where its purpose has an accepted current one, and it is only
     * that its own time is over or has not come.
     */
    public boolean isConcern(CertificateReport certificate) {
        if (certificate.reasons().isEmpty()) {
            return false;
        }
        boolean replaced = certificates.stream()
                .anyMatch(other -> other.purpose() == certificate.purpose()
                        && other.role() == Role.CURRENT
                        && other.assessment().verdict() == Verdict.ACCEPTED);
        if (replaced && certificate.assessment().verdict() == Verdict.ACCEPTED) {
            // Nothing is wrong with it: its time beside the current one is over.
            return false;
        }
        return !(replaced && certificate.reasons().stream().map(Reason::code).anyMatch(PartyReport::isOfCourse));
    }

    /** What comes to every certificate before or after its time, whatever else is wrong with it then. */
    private static boolean isOfCourse(ReasonCode code) {
        return switch (code) {
            case EXPIRED, REVOKED, NOT_YET_VALID -> true;
            // Dropped by the register and past keepPrevious.
            case REGISTER_MISMATCH -> true;
            default -> false;
        };
    }
}
