package no.sertsynk.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;

/**
 * A communication party as the register describes it.
 *
 * @param name the display name if there is one, else the name
 * @param organizationNumber the party's own number; empty for services and persons, which have only a parent's
 * @param parentOrganizationNumber of the organisation that the party belongs to
 * @param parent the organisation that the party belongs to, whose addresses it inherits; empty if not told
 * @param active what the register says; a party whose validity has ended is not active
 * @param validFrom start of validity, if told
 * @param validTo end of validity, if told
 * @param lastChanged when the register last touched the entry, if told
 * @param ldapStrings the addresses of type E_DS (and E_KS, E_SS) now in force, own ones before inherited ones; where the
 *     party has its own of a type, the inherited ones of that type are left out
 * @param announced addresses of the same types that take effect later
 * @param certificates that the source itself hands out with the party, beside what its strings find
 * @param warnings what is to be told of the answer
 */
public record CommunicationParty(
        HerId herId,
        String name,
        Optional<OrganizationNumber> organizationNumber,
        Optional<OrganizationNumber> parentOrganizationNumber,
        Optional<HerId> parent,
        boolean active,
        Optional<Instant> validFrom,
        Optional<Instant> validTo,
        Optional<Instant> lastChanged,
        List<RegisteredString> ldapStrings,
        List<AnnouncedString> announced,
        List<PartnerCertificate> certificates,
        List<Reason> warnings) {
    public CommunicationParty {
        ldapStrings = List.copyOf(ldapStrings);
        announced = List.copyOf(announced);
        certificates = List.copyOf(certificates);
        warnings = List.copyOf(warnings);
    }

    /** The same, with more to be told of it. */
    CommunicationParty with(List<Reason> further) {
        List<Reason> all = new ArrayList<>(warnings);
        all.addAll(further);
        return new CommunicationParty(
                herId,
                name,
                organizationNumber,
                parentOrganizationNumber,
                parent,
                active,
                validFrom,
                validTo,
                lastChanged,
                ldapStrings,
                announced,
                certificates,
                all);
    }

    /** Whether it can be told where the party's certificates are. */
    public boolean namesCertificates() {
        return !ldapStrings.isEmpty() || !certificates.isEmpty();
    }

    /** An LDAP string in force. */
    public record RegisteredString(String text, boolean inherited, Optional<Instant> lastChanged) {}

    /** An LDAP string that takes effect at a later time. */
    public record AnnouncedString(String text, boolean inherited, Instant validFrom) {}
}
