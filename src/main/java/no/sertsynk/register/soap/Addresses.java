package no.sertsynk.register.soap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.wire.LdapStrings;
import no.sertsynk.register.wire.LdapStrings.Address;
import no.sertsynk.register.wire.RegisterTime;

/** Reads the electronic addresses of one party out of a message. */
final class Addresses {
    private final XmlCursor cursor;
    private final int most;
    private final LdapStrings strings = new LdapStrings();

    Addresses(XmlCursor cursor, int most) {
        this.cursor = cursor;
        this.most = most;
    }

    /** Reads the list that the cursor is at, whose items have that name. */
    void read(String item) throws BadAnswerException {
        boolean future = item.startsWith("Future");
        int list = cursor.depth();
        while (cursor.nextChild(list)) {
            if (cursor.isAt(Namespaces.COMMON, item)) {
                strings.add(address(), future);
                if (strings.count() > most) {
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

    List<RegisteredString> inForce() {
        return strings.inForce();
    }

    List<AnnouncedString> announced() {
        return strings.announced();
    }
}
