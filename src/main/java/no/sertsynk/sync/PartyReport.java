package no.sertsynk.sync;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;

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
}
