package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import no.sertsynk.directory.LdapString.Scope;

/** What a filter asks for. */
final class FilterTerms {
    private static final Set<String> ENTRY_NAMES = Set.of("pssuniqueidentifier", "uid");
    private static final Set<String> KNOWN = Set.of(
            "certificateserialnumber",
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
    /** Attributes whose value many or all entries share. */
    private static final Set<String> COMMON = Set.of("objectclass", "c");
    /** Shorter pieces of a name or number fit too many. */
    private static final int MIN_SUBSTRING = 6;

    private FilterTerms() {}

    /** Whether nothing can match but entries that are named one by one. */
    static boolean namesEntries(Filter filter, Scope scope, String baseDn) {
        return (scope != Scope.ONE && isEntry(baseDn)) || namesEntries(filter);
    }

    private static boolean namesEntries(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY ->
                ENTRY_NAMES.contains(name(filter)) || !SerialForms.named(filter).isEmpty();
            case Filter.FILTER_TYPE_AND -> {
                boolean any = false;
                for (Filter component : filter.getComponents()) {
                    any |= namesEntries(component);
                }
                yield any;
            }
            case Filter.FILTER_TYPE_OR -> {
                boolean all = filter.getComponents().length > 0;
                for (Filter component : filter.getComponents()) {
                    all &= namesEntries(component);
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
            if (!KNOWN.contains(name(term)) && !unknown.contains(name(term))) {
                unknown.add(name(term));
            }
        }
        return unknown;
    }

    /** What is written as a serial number and is none. */
    static List<String> brokenSerials(Filter filter) {
        List<String> broken = new ArrayList<>();
        for (Filter term : terms(filter)) {
            if (SerialForms.isSerialTerm(term)
                    && SerialForms.number(term.getAssertionValue().strip()).isEmpty()) {
                broken.add(term.getAssertionValue());
            }
        }
        return broken;
    }

    /** Whether some term, on every way to match, says whom the certificate is for. */
    static boolean namesSomebody(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY ->
                !COMMON.contains(name(filter)) && !filter.getAssertionValue().isBlank();
            case Filter.FILTER_TYPE_SUBSTRING -> !COMMON.contains(name(filter)) && longest(filter) >= MIN_SUBSTRING;
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

    private static int longest(Filter substring) {
        int longest = Math.max(length(substring.getSubInitialString()), length(substring.getSubFinalString()));
        for (String any : substring.getSubAnyStrings()) {
            longest = Math.max(longest, length(any));
        }
        return longest;
    }

    private static int length(@org.jspecify.annotations.Nullable String piece) {
        return piece == null ? 0 : piece.strip().length();
    }

    /** All terms that are no groups. */
    static List<Filter> terms(Filter filter) {
        List<Filter> terms = new ArrayList<>();
        collect(filter, terms);
        return terms;
    }

    private static void collect(Filter filter, List<Filter> terms) {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    collect(component, terms);
                }
            }
            case Filter.FILTER_TYPE_NOT -> collect(filter.getNOTComponent(), terms);
            default -> terms.add(filter);
        }
    }

    /** How many groups lie in each other at most; 1 for a single term. */
    static int depth(Filter filter) {
        int deepest = 0;
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    deepest = Math.max(deepest, depth(component));
                }
            }
            case Filter.FILTER_TYPE_NOT -> deepest = depth(filter.getNOTComponent());
            default -> deepest = 0;
        }
        return deepest + 1;
    }

    private static String name(Filter term) {
        return term.getAttributeName() == null
                ? "(matching rule)"
                : term.getAttributeName().toLowerCase(Locale.ROOT);
    }
}
