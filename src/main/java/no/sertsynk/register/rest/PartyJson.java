package no.sertsynk.register.rest;

import static no.sertsynk.register.rest.JsonMembers.text;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.rest.JsonMembers.BadJsonException;
import no.sertsynk.register.wire.LdapStrings;
import no.sertsynk.register.wire.RegisterTime;
import tools.jackson.core.JsonParser;

/**
 * Reads a communication party in either of two models. The simplified one has certificates' thumbprints and no LDAP string;
 * the legacy one is the model of the SOAP service, with strings, bare or within {@code communicationParty}. What is not told
 * of one is empty: a reader that knows both needs not be told which it is.
 */
final class PartyJson {
    private static final int MOST_STRINGS = 100;
    private static final int ORGANIZATION_FLAG = 4;

    private final LdapStrings strings = new LdapStrings();
    private final Map<Purpose, String> thumbprints = new EnumMap<>(Purpose.class);
    private String herId = "";
    private String name = "";
    private String displayName = "";
    private String type = "";
    private String number = "";
    private String parentNumber = "";
    private String active = "";
    private String serviceType = "";
    private Optional<Instant> lastChanged = Optional.empty();
    private Optional<Instant> validFrom = Optional.empty();
    private Optional<Instant> validTo = Optional.empty();

    private PartyJson() {}

    /** Reads the object that the parser is at. */
    static PartyJson read(JsonParser at) throws BadJsonException {
        PartyJson read = new PartyJson();
        JsonMembers.object(at, read::member);
        return read;
    }

    /** Takes one member of the party, for those who read the object themselves. */
    static PartyJson empty() {
        return new PartyJson();
    }

    void member(String member, JsonParser at) throws BadJsonException {
        switch (member) {
            case "communicationparty" -> JsonMembers.object(at, this::member);
            case "herid" -> herId = text(at);
            case "name" -> name = text(at);
            case "displayname" -> displayName = text(at);
            case "type" -> type = text(at);
            case "active" -> active = text(at);
            case "lastchanged" -> lastChanged = RegisterTime.parse(text(at));
            case "organizationnumber" -> number = text(at);
            case "parentorganizationnumber" -> parentNumber = text(at);
            case "organizationdetails" ->
                JsonMembers.object(at, (inner, value) -> {
                    if (inner.equals("organizationnumber")) {
                        number = text(value);
                    }
                });
            case "servicedetails", "persondetails" -> JsonMembers.object(at, this::child);
            case "currentsigningcertificate" -> thumbprint(Purpose.SIGNATURE, at);
            case "currentencryptioncertificate" -> thumbprint(Purpose.ENCRYPTION, at);
            case "validfrom" -> validFrom = RegisterTime.parse(text(at));
            case "validto" -> validTo = RegisterTime.parse(text(at));
            case "valid" ->
                JsonMembers.object(at, (inner, value) -> {
                    switch (inner) {
                        case "from" -> validFrom = RegisterTime.parse(text(value));
                        case "to" -> validTo = RegisterTime.parse(text(value));
                        default -> {
                            // of no concern to us
                        }
                    }
                });
            case "code" -> serviceType = code(at);
            case "electronicaddresses" -> JsonMembers.array(at, element -> address(element, false));
            case "futureelectronicaddresses" -> JsonMembers.array(at, element -> address(element, true));
            default -> {
                // of no concern to us
            }
        }
    }

    /** What a service or person of the simplified model says of the organisation that it belongs to. */
    private void child(String member, JsonParser at) throws BadJsonException {
        switch (member) {
            case "parentorganization" ->
                JsonMembers.object(at, (inner, value) -> {
                    if (inner.equals("organizationnumber")) {
                        parentNumber = text(value);
                    }
                });
            case "code", "servicetype" -> serviceType = code(at);
            default -> {
                // of no concern to us
            }
        }
    }

    private static String code(JsonParser at) throws BadJsonException {
        String[] value = {""};
        JsonMembers.object(at, (inner, parser) -> {
            if (inner.equals("codevalue") || inner.equals("value")) {
                value[0] = text(parser);
            }
        });
        return value[0];
    }

    private void thumbprint(Purpose purpose, JsonParser at) throws BadJsonException {
        JsonMembers.object(at, (inner, value) -> {
            if (inner.equals("thumbprint") && !text(value).isEmpty()) {
                thumbprints.put(purpose, text(value).toUpperCase(Locale.ROOT));
            }
        });
    }

    private void address(JsonParser at, boolean announced) throws BadJsonException {
        String[] read = {"", "", "", "false", "", ""};
        JsonMembers.object(at, (member, value) -> {
            switch (member) {
                case "typecodevalue" -> read[0] = text(value);
                case "type" -> read[1] = code(value);
                case "address" -> read[2] = text(value);
                case "inherited" -> read[3] = text(value);
                case "lastchanged" -> read[4] = text(value);
                case "validfrom" -> read[5] = text(value);
                default -> {
                    // of no concern to us
                }
            }
        });
        strings.add(
                new LdapStrings.Address(
                        read[0].isEmpty() ? read[1] : read[0],
                        read[2],
                        read[3].equals("true"),
                        RegisterTime.parse(read[4]),
                        RegisterTime.parse(read[5])),
                announced);
        if (strings.count() > MOST_STRINGS) {
            throw new BadJsonException("a party with more than " + MOST_STRINGS + " LDAP strings");
        }
    }

    HerId herId() throws BadJsonException {
        return HerId.parse(herId).orElseThrow(() -> new BadJsonException("a party without a HER-id"));
    }

    /** SHA-1 of the certificates that the register has found, in upper-case hexadecimal. */
    Map<Purpose, String> thumbprints() {
        return Map.copyOf(thumbprints);
    }

    /** What kind of service it is, by its code; empty text for other parties. */
    String serviceType() {
        return serviceType;
    }

    /**
     * The party.
     *
     * @param now decides whether a party that does not say so itself is active
     */
    CommunicationParty party(List<PartnerCertificate> certificates, Instant now) throws BadJsonException {
        return new CommunicationParty(
                herId(),
                displayName.isEmpty() ? name : displayName,
                isOrganization() ? organizationNumber(number) : Optional.empty(),
                organizationNumber(parentNumber),
                Optional.empty(),
                isActive(now),
                validFrom,
                validTo,
                lastChanged,
                strings.inForce(),
                strings.announced(),
                certificates,
                List.of());
    }

    private boolean isActive(Instant now) {
        if (!active.isEmpty()) {
            return active.equals("true");
        }
        return validTo.map(now::isBefore).orElse(true)
                && validFrom.map(from -> !now.isBefore(from)).orElse(true);
    }

    /** A list of flags by name, or their sum. */
    private boolean isOrganization() {
        if (type.isEmpty() || type.matches("[0-9]{1,3}")) {
            return type.isEmpty() || (Integer.parseInt(type) & ORGANIZATION_FLAG) != 0;
        }
        return List.of(type.split("[ ,]+", -1)).contains("Organization");
    }

    /** Zero or a negative number where there is none. */
    private static Optional<OrganizationNumber> organizationNumber(String text) throws BadJsonException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return OrganizationNumber.ofRegister(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new BadJsonException("'" + RestFailures.shown(text) + "' as organisation number", e);
        }
    }
}
