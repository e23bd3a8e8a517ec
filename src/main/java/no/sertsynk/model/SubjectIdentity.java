package no.sertsynk.model;

import java.util.List;
import java.util.Optional;

/**
 * Whom a certificate's subject names.
 *
 * @param organizationNumber as read by the SEID profiles; empty if the subject has none
 * @param commonName the CN, empty text if there is none
 * @param organizationalUnits the OUs in the order of the certificate
 */
public record SubjectIdentity(
        Optional<OrganizationNumber> organizationNumber, String commonName, List<String> organizationalUnits) {
    public SubjectIdentity {
        organizationalUnits = List.copyOf(organizationalUnits);
    }
}
