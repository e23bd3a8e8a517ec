package no.sertsynk.register.wire;

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
public final class LdapStrings {
    private final List<Address> inForce = new ArrayList<>();
    private final List<Address> announced = new ArrayList<>();

    /** An electronic address of any type. */
    public record Address(
            String type, String text, boolean inherited, Optional<Instant> lastChanged, Optional<Instant> validFrom) {
        /** An address without text is a form left empty, not one that hides an inherited address. */
        boolean isLdapString() {
            return !text.isEmpty() && (type.equals("E_DS") || type.equals("E_KS") || type.equals("E_SS"));
        }
    }

    /** Takes the address if it is an LDAP string. */
    public void add(Address address, boolean isAnnounced) {
        if (address.isLdapString()) {
            (isAnnounced ? announced : inForce).add(address);
        }
    }

    /** How many there are, announced ones included. */
    public int count() {
        return inForce.size() + announced.size();
    }

    /** Own ones first, else in the register's order. */
    public List<RegisteredString> inForce() {
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
    public List<AnnouncedString> announced() {
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
