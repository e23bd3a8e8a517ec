package no.sertsynk.validation.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.SubjectIdentity;

/**
 * That a certificate was accepted. Other verdicts are not kept: what is revoked, on hold, undetermined or not yet valid
 * must be looked at again, and what is rejected is rare.
 *
 * @param basis the identity of what it depends on besides the certificate
 * @param checkedAt when it was validated
 */
public record KeptVerdict(
        String basis, Instant checkedAt, Set<Purpose> purposes, SubjectIdentity subject, List<Reason> warnings) {
    public KeptVerdict {
        purposes = Set.copyOf(purposes);
        warnings = List.copyOf(warnings);
    }
}
