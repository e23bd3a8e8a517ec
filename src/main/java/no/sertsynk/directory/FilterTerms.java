package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import no.sertsynk.directory.LdapString.Scope;

/** What a filter asks for. */
final class FilterTerms {
    private static final String SERIAL = "certificateserialnumber";
    private static final Set<String> ENTRY_NAMES = Set.of("pssuniqueidentifier", "uid");
    private static final Set<String> KNOWN = Set.of(
            SERIAL,
            "pssuniqueidentifier",
            "uid",
            "cn",
            "ou",
            "o",
            "c",
            "sn",
            "surname",
            "serialnumber",
            "organizationidentifier",
            "givenname",
            "displayname",
            "mail",
            "objectclass");

    private FilterTerms() {}

    /** The serial numbers that the filter names, if it names nothing else; digits alone are decimal. */
    static SortedSet<BigInteger> serials(Filter filter) {
        SortedSet<BigInteger> serials = new TreeSet<>();
        return collectSerials(filter, serials) ? serials : new TreeSet<>();
    }

    private static boolean collectSerials(Filter filter, SortedSet<BigInteger> serials) {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> {
                Optional<BigInteger> serial = isSerial(filter) ? serial(filter.getAssertionValue()) : Optional.empty();
                serial.ifPresent(serials::add);
                return serial.isPresent();
            }
            case Filter.FILTER_TYPE_OR -> {
                boolean all = filter.getComponents().length > 0;
                for (Filter component : filter.getComponents()) {
                    all &= collectSerials(component, serials);
                }
                return all;
            }
            case Filter.FILTER_TYPE_AND -> {
                return filter.getComponents().length == 1
                        && collectSerials(filter.getComponents()[0], serials);
            }
            default -> {
                return false;
            }
        }
    }

    static boolean isSerial(Filter filter) {
        return filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY && name(filter).equals(SERIAL);
    }

    /** The number that the text writes: decimal if it is digits only, else hexadecimal. */
    static Optional<BigInteger> serial(String text) {
        String value = text.strip();
        if (value.matches("[0-9]{1,60}")) {
            return Optional.of(new BigInteger(value));
        }
        return value.matches("[0-9a-fA-F]{1,48}") ? Optional.of(new BigInteger(value, 16)) : Optional.empty();
    }

    /** Whether nothing but one entry can match. */
    static boolean namesOneEntry(Filter filter, Scope scope, String baseDn) {
        if (scope == Scope.BASE) {
            return isEntry(baseDn);
        }
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> ENTRY_NAMES.contains(name(filter));
            case Filter.FILTER_TYPE_OR -> {
                boolean all = filter.getComponents().length > 0;
                for (Filter component : filter.getComponents()) {
                    all &= namesOneEntry(component, scope, baseDn);
                }
                yield all;
            }
            default -> false;
        };
    }

    /** Whether the DN is one of a certificate's entry rather than of a node in the tree. */
    static boolean isEntry(String baseDn) {
        try {
            DN dn = new DN(baseDn);
            return !dn.isNullDN()
                    && ENTRY_NAMES.contains(dn.getRDN().getAttributeNames()[0].toLowerCase(Locale.ROOT));
        } catch (LDAPException e) {
            throw new IllegalArgumentException("the DN was read before: " + baseDn, e);
        }
    }

    /** Attributes that the filter uses and no certificate directory needs. */
    static List<String> unknownAttributes(Filter filter) {
        List<String> unknown = new ArrayList<>();
        for (Filter term : terms(filter)) {
            if (term.getAttributeName() == null || !KNOWN.contains(name(term))) {
                unknown.add(String.valueOf(term.getAttributeName()));
            }
        }
        return unknown;
    }

    /** Whether some term, on every way to match, says whom the certificate is for. */
    static boolean namesSomebody(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> !name(filter).equals("objectclass")
                    && !filter.getAssertionValue().isBlank();
            case Filter.FILTER_TYPE_SUBSTRING -> false;
            case Filter.FILTER_TYPE_AND -> {
                boolean any = false;
                for (Filter component : filter.getComponents()) {
                    any |= namesSomebody(component);
                }
                yield any;
            }
            case Filter.FILTER_TYPE_OR -> {
                boolean all = filter.getComponents().length > 0;
                for (Filter component : filter.getComponents()) {
                    all &= namesSomebody(component);
                }
                yield all;
            }
            default -> false;
        };
    }

    /** All terms that are no groups. */
    static List<Filter> terms(Filter filter) {
        List<Filter> terms = new ArrayList<>();
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    terms.addAll(terms(component));
                }
            }
            case Filter.FILTER_TYPE_NOT -> terms.addAll(terms(filter.getNOTComponent()));
            default -> terms.add(filter);
        }
        return terms;
    }

    private static String name(Filter filter) {
        return String.valueOf(filter.getAttributeName()).toLowerCase(Locale.ROOT);
    }

    /**
     * The filter in the form that the directory understands: serial numbers decimal where it knows no other, else in both
     * forms.
     */
    static Filter forProfile(Filter filter, CaProfile profile) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY -> isSerial(filter) ? serialTerm(filter, profile) : filter;
            case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(components(filter, profile));
            case Filter.FILTER_TYPE_OR -> Filter.createORFilter(components(filter, profile));
            case Filter.FILTER_TYPE_NOT -> Filter.createNOTFilter(forProfile(filter.getNOTComponent(), profile));
            default -> filter;
        };
    }

    private static List<Filter> components(Filter filter, CaProfile profile) {
        List<Filter> components = new ArrayList<>();
        for (Filter component : filter.getComponents()) {
            Filter sent = forProfile(component, profile);
            boolean flatten = filter.getFilterType() == Filter.FILTER_TYPE_OR
                    && sent.getFilterType() == Filter.FILTER_TYPE_OR;
            components.addAll(flatten ? List.of(sent.getComponents()) : List.of(sent));
        }
        return components;
    }

    private static Filter serialTerm(Filter filter, CaProfile profile) {
        Optional<BigInteger> serial = serial(filter.getAssertionValue());
        if (serial.isEmpty()) {
            return filter;
        }
        String name = filter.getAttributeName();
        Filter decimal = Filter.createEqualityFilter(name, serial.get().toString());
        if (profile.decimalSerials()) {
            return decimal;
        }
        return Filter.createORFilter(
                decimal, Filter.createEqualityFilter(name, serial.get().toString(16)));
    }
}
