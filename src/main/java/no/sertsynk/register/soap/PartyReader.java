package no.sertsynk.register.soap;

import static no.sertsynk.register.soap.SoapAnswer.COMMON_NS;
import static no.sertsynk.register.soap.SoapAnswer.PARTY_NS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.RegisterException;

/**
 * Reads a {@code CommunicationParty}. Only direct children count: an organisation contains its services and persons, each
 * with addresses of its own.
 */
final class PartyReader {
    private final XmlReader reader;
    private final HerId asked;
    private final Map<String, String> values = new HashMap<>();
    private final List<Address> addresses = new ArrayList<>();
    private Optional<Instant> validFrom = Optional.empty();
    private Optional<Instant> validTo = Optional.empty();

    private PartyReader(XmlReader reader, HerId asked) {
        this.reader = reader;
        this.asked = asked;
    }

    /** What the register holds of one electronic address. */
    private record Address(
            String type, String text, boolean inherited, Optional<Instant> lastChanged, Optional<Instant> validFrom) {
        boolean holdsLdapString() {
            return !text.isEmpty() && (type.equals("E_DS") || type.equals("E_KS") || type.equals("E_SS"));
        }
    }

    static CommunicationParty read(XmlReader reader, HerId asked) throws RegisterException {
        return new PartyReader(reader, asked).read();
    }

    private CommunicationParty read() throws RegisterException {
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(PARTY_NS, "ElectronicAddresses") || reader.is(PARTY_NS, "FutureElectronicAddresses")) {
                readAddresses();
            } else if (reader.is(PARTY_NS, "Valid")) {
                readValidity();
            } else if (isValue()) {
                values.putIfAbsent(reader.localName(), reader.text());
            } else {
                reader.skip();
            }
        }
        return party();
    }

    private boolean isValue() {
        return switch (reader.localName()) {
            case "Active",
                    "DisplayName",
                    "Name",
                    "HerId",
                    "LastChanged",
                    "OrganizationNumber",
                    "ParentOrganizationNumber" -> reader.is(PARTY_NS, reader.localName());
            default -> false;
        };
    }

    private void readAddresses() throws RegisterException {
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(COMMON_NS, "ElectronicAddress") || reader.is(COMMON_NS, "FutureElectronicAddress")) {
                addresses.add(readAddress());
            } else {
                reader.skip();
            }
        }
    }

    private Address readAddress() throws RegisterException {
        boolean future = reader.localName().startsWith("Future");
        Map<String, String> fields = new HashMap<>();
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(COMMON_NS, "Type")) {
                readType(fields);
            } else {
                fields.put(reader.localName(), reader.text());
            }
        }
        Optional<Instant> from = RegisterTime.parse(fields.getOrDefault("ValidFrom", ""));
        return new Address(
                fields.getOrDefault("TypeCodeValue", fields.getOrDefault("CodeValue", "")),
                fields.getOrDefault("Address", ""),
                fields.getOrDefault("Inherited", "").equals("true"),
                RegisterTime.parse(fields.getOrDefault("LastChanged", "")),
                future ? Optional.of(from.orElse(Instant.MAX)) : Optional.empty());
    }

    private void readType(Map<String, String> fields) throws RegisterException {
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(COMMON_NS, "CodeValue")) {
                fields.put("CodeValue", reader.text());
            } else {
                reader.skip();
            }
        }
    }

    private void readValidity() throws RegisterException {
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.localName().equals("From")) {
                validFrom = RegisterTime.parse(reader.text());
            } else if (reader.localName().equals("To")) {
                validTo = RegisterTime.parse(reader.text());
            } else {
                reader.skip();
            }
        }
    }

    private CommunicationParty party() throws RegisterException {
        String herId = values.getOrDefault("HerId", "");
        if (!herId.equals(asked.toString())) {
            throw XmlReader.malformed("HER-id '" + herId + "' where " + asked + " was asked for", null);
        }
        String displayName = values.getOrDefault("DisplayName", "");
        return new CommunicationParty(
                asked,
                displayName.isEmpty() ? values.getOrDefault("Name", "") : displayName,
                number("OrganizationNumber"),
                number("ParentOrganizationNumber"),
                values.getOrDefault("Active", "true").equals("true"),
                validFrom,
                validTo,
                RegisterTime.parse(values.getOrDefault("LastChanged", "")),
                stringsInForce(),
                announcedStrings());
    }

    private Optional<OrganizationNumber> number(String field) {
        String text = values.getOrDefault(field, "");
        return text.matches("[0-9]{1,9}") ? OrganizationNumber.ofRegister(Long.parseLong(text)) : Optional.empty();
    }

    /** A party's own address of a type stands instead of an inherited one. */
    private List<RegisteredString> stringsInForce() {
        Set<String> ownTypes = new HashSet<>();
        for (Address address : addresses) {
            if (address.holdsLdapString() && !address.inherited() && address.validFrom().isEmpty()) {
                ownTypes.add(address.type());
            }
        }
        List<RegisteredString> strings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Address address : addresses) {
            boolean counts = address.holdsLdapString()
                    && address.validFrom().isEmpty()
                    && !(address.inherited() && ownTypes.contains(address.type()));
            if (counts && seen.add(address.text())) {
                strings.add(new RegisteredString(address.text(), address.inherited(), address.lastChanged()));
            }
        }
        return strings;
    }

    private List<AnnouncedString> announcedStrings() {
        List<AnnouncedString> strings = new ArrayList<>();
        for (Address address : addresses) {
            if (address.holdsLdapString() && address.validFrom().isPresent()) {
                strings.add(new AnnouncedString(
                        address.text(), address.inherited(), address.validFrom().get()));
            }
        }
        return strings;
    }
}
