package no.sertsynk.register.soap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;

/**
 * The electronic addresses of one party that are LDAP strings: those of the types for both purposes (E_DS), encryption
 * (E_KS) and signature (E_SS), now in force or announced. An address of the party's own stands instead of the inherited
 * ones of its type.
 */
final class Addresses {
    private final XmlCursor cursor;
    private final int most;
    private final List<Address> inForce = new ArrayList<>();
    private final List<Address> announced = new ArrayList<>();

    Addresses(XmlCursor cursor, int most) {
        this.cursor = cursor;
        this.most = most;
    }

    private record Address(
            String type, String text, boolean inherited, Optional<Instant> lastChanged, Optional<Instant> validFrom) {
        /** An address without text is a form left empty, not one that hides an inherited address. */
        boolean isLdapString() {
            return !text.isEmpty() && (type.equals("E_DS") || type.equals("E_KS") || type.equals("E_SS"));
        }
    }

    /** Reads the list that the cursor is at, whose items have that name. */
    void read(String item) throws BadAnswerException {
        boolean future = item.startsWith("Future");
        int list = cursor.depth();
        while (cursor.nextChild(list)) {
            if (cursor.isAt(Namespaces.COMMON, item)) {
                Address address = address();
                if (address.isLdapString()) {
                    (future ? announced : inForce).add(address);
                }
                if (inForce.size() + announced.size() > most) {
                    throw BadAnswerException.tooMuch("a party with more than " + most + " LDAP strings");
                }
            }
        }
    }

    private Address address() throws BadAnswerException {
        String text = "";
        String typeCode = "";
        String code = "";
        boolean inherited = false;
        Optional<Instant> lastChanged = Optional.empty();
        Optional<Instant> validFrom = Optional.empty();
        int address = cursor.depth();
        while (cursor.nextChild(address)) {
            if (!cursor.namespace().equals(Namespaces.COMMON) || cursor.isNil()) {
                continue;
            }
            switch (cursor.name()) {
                case "Address" -> text = cursor.text();
                case "Inherited" -> inherited = XmlValues.bool("Inherited", cursor.text());
                case "LastChanged" -> lastChanged = RegisterTime.parse(cursor.text());
                case "Type" -> code = codeValue();
                case "TypeCodeValue" -> typeCode = cursor.text();
                case "ValidFrom" -> validFrom = RegisterTime.parse(cursor.text());
                default -> {
                    // of no concern to us
                }
            }
        }
        return new Address(typeCode.isEmpty() ? code : typeCode, text, inherited, lastChanged, validFrom);
    }

    private String codeValue() throws BadAnswerException {
        String value = "";
        int type = cursor.depth();
        while (cursor.nextChild(type)) {
            if (cursor.isAt(Namespaces.COMMON, "CodeValue")) {
                value = cursor.text();
            }
        }
        return value;
    }

    /** Own ones first, else in the register's order. */
    List<RegisteredString> inForce() {
        Set<String> ownTypes = ownTypes(inForce);
        List<RegisteredString> strings = new ArrayList<>();
        for (boolean inherited : new boolean[] {false, true}) {
            for (Address address : inForce) {
                if (address.inherited == inherited && !(inherited && ownTypes.contains(address.type))) {
                    strings.add(new RegisteredString(address.text, inherited, address.lastChanged));
                }
            }
        }
        return strings;
    }

    /** In the register's order; one that does not say from when on is left out, because it could never take effect. */
    List<AnnouncedString> announced() {
        Set<String> ownTypes = ownTypes(announced);
        ownTypes.addAll(ownTypes(inForce));
        List<AnnouncedString> strings = new ArrayList<>();
        for (Address address : announced) {
            if (address.validFrom.isPresent() && !(address.inherited && ownTypes.contains(address.type))) {
                strings.add(new AnnouncedString(address.text, address.inherited, address.validFrom.get()));
            }
        }
        return strings;
    }

    private static Set<String> ownTypes(List<Address> addresses) {
        Set<String> types = new HashSet<>();
        for (Address address : addresses) {
            if (!address.inherited) {
                types.add(address.type);
            }
        }
        return types;
    }
}
