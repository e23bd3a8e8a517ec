package no.sertsynk.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;

/**
 * A communication party of the sandbox's register. Start with {@link #organization} or {@link #service} and add to it;
 * every method answers a new party.
 *
 * @param number of an organisation itself, of a service its parent's
 * @param parent the organisation that it belongs to
 * @param addresses in the order in which the register lists them
 * @param certificates what the register itself found
 */
public record SandboxRegisterParty(
        HerId herId,
        String name,
        Optional<String> displayName,
        boolean isOrganization,
        Optional<OrganizationNumber> number,
        Optional<HerId> parent,
        boolean active,
        Instant validFrom,
        Instant validTo,
        Instant lastChanged,
        List<Address> addresses,
        Map<Purpose, PartnerCertificate> certificates) {
    private static final Instant BEGINNING = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant OPEN_END = Instant.parse("9999-12-30T23:00:00Z");

    public SandboxRegisterParty {
        addresses = List.copyOf(addresses);
        certificates = Map.copyOf(certificates);
    }

    /**
     * An electronic address.
     *
     * @param type such as E_DS
     * @param announcedFrom when it takes effect, if it has not yet
     */
    public record Address(String type, String text, boolean inherited, Optional<Instant> announcedFrom) {}

    /** An active organisation without addresses. */
    public static SandboxRegisterParty organization(HerId herId, String name, OrganizationNumber number) {
        return of(herId, name, true, number);
    }

    /** An active service, without addresses, of the organisation of that number. */
    public static SandboxRegisterParty service(HerId herId, String name, OrganizationNumber parent) {
        return of(herId, name, false, parent);
    }

    private static SandboxRegisterParty of(HerId herId, String name, boolean organization, OrganizationNumber number) {
        return new SandboxRegisterParty(
                herId,
                name,
                Optional.empty(),
                organization,
                Optional.of(number),
                Optional.empty(),
                true,
                BEGINNING,
                OPEN_END,
                BEGINNING,
                List.of(),
                Map.of());
    }

    /** With one more LDAP string of its own for both purposes. */
    public SandboxRegisterParty withLdapString(String text) {
        return withAddress(new Address("E_DS", text, false, Optional.empty()));
    }

    /** With one more LDAP string that comes from the parent. */
    public SandboxRegisterParty withInheritedLdapString(String text) {
        return withAddress(new Address("E_DS", text, true, Optional.empty()));
    }

    /** With one more LDAP string that takes effect at that time. */
    public SandboxRegisterParty withAnnouncedLdapString(String text, Instant from) {
        return withAddress(new Address("E_DS", text, false, Optional.of(from)));
    }

    /** With one more address of any type. */
    public SandboxRegisterParty withAddress(Address address) {
        List<Address> more = new ArrayList<>(addresses);
        more.add(address);
        return copy(displayName, active, validTo, lastChanged, more, certificates);
    }

    /** Without any address. */
    public SandboxRegisterParty withoutAddresses() {
        return copy(displayName, active, validTo, lastChanged, List.of(), certificates);
    }

    /** With that certificate as the register's own for the purpose. */
    public SandboxRegisterParty withCertificate(Purpose purpose, PartnerCertificate certificate) {
        Map<Purpose, PartnerCertificate> more = new EnumMap<>(Purpose.class);
        more.putAll(certificates);
        more.put(purpose, certificate);
        return copy(displayName, active, validTo, lastChanged, addresses, more);
    }

    public SandboxRegisterParty withDisplayName(String text) {
        return copy(Optional.of(text), active, validTo, lastChanged, addresses, certificates);
    }

    /** Ended at that time, and no more active. */
    public SandboxRegisterParty endedAt(Instant end) {
        return copy(displayName, false, end, lastChanged, addresses, certificates);
    }

    /** Last changed at that time. */
    public SandboxRegisterParty changedAt(Instant time) {
        return copy(displayName, active, validTo, time, addresses, certificates);
    }

    /** Belonging to that organisation. */
    public SandboxRegisterParty below(HerId organization) {
        return new SandboxRegisterParty(
                herId,
                name,
                displayName,
                isOrganization,
                number,
                Optional.of(organization),
                active,
                validFrom,
                validTo,
                lastChanged,
                addresses,
                certificates);
    }

    private SandboxRegisterParty copy(
            Optional<String> newDisplayName,
            boolean newActive,
            Instant newValidTo,
            Instant newLastChanged,
            List<Address> newAddresses,
            Map<Purpose, PartnerCertificate> newCertificates) {
        return new SandboxRegisterParty(
                herId,
                name,
                newDisplayName,
                isOrganization,
                number,
                parent,
                newActive,
                validFrom,
                newValidTo,
                newLastChanged,
                newAddresses,
                newCertificates);
    }
}
