package no.sertsynk.register.soap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.wire.RegisterTime;

/**
 * Reads a communication party. Only its own members count: an organisation's answer holds its services and persons too,
 * with HER-ids and addresses of theirs. What is unknown is ignored: the register adds members from time to time.
 *
 * <p>A member that is absent, nil or empty is not told. A time that cannot be read counts as not told, too: whether the
 * party is in use is said by {@code Active}, the times only add to it.
 */
final class PartyReader {
    private static final String ORGANIZATION = "Organization";

    private final XmlCursor cursor;
    private final Addresses addresses;
    private final String declaredType;
    private String herId = "";
    private String name = "";
    private String displayName = "";
    private String type = "";
    private String ownNumber = "";
    private String parentNumber = "";
    private String parent = "";
    private boolean active;
    private Optional<Instant> lastChanged = Optional.empty();
    private Optional<Instant> validFrom = Optional.empty();
    private Optional<Instant> validTo = Optional.empty();

    private PartyReader(XmlCursor cursor, AnswerLimits limits) {
        this.cursor = cursor;
        this.addresses = new Addresses(cursor, limits.strings());
        this.declaredType = cursor.declaredType();
    }

    static CommunicationParty read(XmlCursor atParty, AnswerLimits limits) throws BadAnswerException {
        if (atParty.isNil()) {
            throw BadAnswerException.of("an empty result");
        }
        PartyReader reader = new PartyReader(atParty, limits);
        int party = atParty.depth();
        while (atParty.nextChild(party)) {
            if (atParty.namespace().equals(Namespaces.PARTY) && !atParty.isNil()) {
                reader.member();
            }
        }
        return reader.party();
    }

    private void member() throws BadAnswerException {
        switch (cursor.name()) {
            case "Active" -> active = XmlValues.bool("Active", cursor.text());
            case "DisplayName" -> displayName = cursor.text();
            case "ElectronicAddresses" -> addresses.read("ElectronicAddress");
            case "FutureElectronicAddresses" -> addresses.read("FutureElectronicAddress");
            case "HerId" -> herId = cursor.text();
            case "LastChanged" -> lastChanged = RegisterTime.parse(cursor.text());
            case "Name" -> name = cursor.text();
            case "OrganizationNumber" -> ownNumber = cursor.text();
            case "ParentHerId" -> parent = cursor.text();
            case "ParentOrganizationNumber" -> parentNumber = cursor.text();
            case "Type" -> type = cursor.text();
            case "Valid" -> valid();
            default -> {
                // of no concern to us
            }
        }
    }

    private void valid() throws BadAnswerException {
        int period = cursor.depth();
        while (cursor.nextChild(period)) {
            if (cursor.isAt(Namespaces.COMMON, "From")) {
                validFrom = RegisterTime.parse(cursor.text());
            } else if (cursor.isAt(Namespaces.COMMON, "To")) {
                validTo = RegisterTime.parse(cursor.text());
            }
        }
    }

    private CommunicationParty party() throws BadAnswerException {
        return new CommunicationParty(
                HerId.parse(herId).orElseThrow(() -> BadAnswerException.of("a party without a HER-id")),
                displayName.isEmpty() ? name : displayName,
                isOrganization() ? number("OrganizationNumber", ownNumber) : Optional.empty(),
                number("ParentOrganizationNumber", parentNumber),
                HerId.parse(parent),
                active,
                validFrom,
                validTo,
                lastChanged,
                addresses.inForce(),
                addresses.announced(),
                List.of(),
                List.of());
    }

    /** By the member, a list of flags, or by the XML type; old messages are known where the two differ. */
    private boolean isOrganization() {
        if (type.isEmpty() && declaredType.isEmpty()) {
            return true;
        }
        for (String flag : type.split(" ", -1)) {
            if (flag.equals(ORGANIZATION)) {
                return true;
            }
        }
        return declaredType.equals(ORGANIZATION);
    }

    /** The register writes 0 or a negative number where there is none. */
    private static Optional<OrganizationNumber> number(String member, String text) throws BadAnswerException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return OrganizationNumber.ofRegister(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw BadAnswerException.of("'" + XmlValues.shown(text) + "' as " + member, e);
        }
    }
}
