package no.sertsynk.rollover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;

/**
 * What is to be installed for a party, and why.
 *
 * @param reasons of the party itself
 * @param organizations numbers to remember for the party from now on
 * @param droppedAt since when the register names an installed certificate no more
 */
public record PartyDecision(
        List<Reason> reasons,
        List<Reason> warnings,
        List<CertificateDecision> certificates,
        Set<OrganizationNumber> organizations,
        Map<Sha256, Instant> droppedAt) {
    public PartyDecision {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
        certificates = List.copyOf(certificates);
        organizations = Set.copyOf(organizations);
        droppedAt = Map.copyOf(droppedAt);
    }

    /** The current certificate for the purpose, if there is to be one. */
    public Optional<CertificateDecision> current(Purpose purpose) {
        return certificates.stream()
                .filter(decision -> decision.purpose() == purpose && decision.role() == Role.CURRENT)
                .findFirst();
    }

    PartyDecision with(List<CertificateDecision> other) {
        return new PartyDecision(reasons, warnings, other, organizations, droppedAt);
    }
}
