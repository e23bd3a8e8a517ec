package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The real bases that a cut-off one stands for. The register holds bases such as {@code …,CN=Buypass Class 3 CA}, which no
 * authority has: its own directory reads the last name as a prefix, a strict one answers noSuchObject.
 */
final class BaseExpansion {
    private BaseExpansion() {}

    /** Bases of the profile and naming contexts of the server whose last name begins with that of the given base. */
    static List<String> of(String cutOff, CaProfile profile, Supplier<List<String>> namingContexts) {
        Map<String, String> expanded = new LinkedHashMap<>();
        add(cutOff, profile.bases(), expanded);
        add(cutOff, namingContexts.get(), expanded);
        return List.copyOf(expanded.values());
    }

    private static void add(String cutOff, List<String> bases, Map<String, String> expanded) {
        for (String base : bases) {
            try {
                if (standsFor(new DN(cutOff), new DN(base))) {
                    expanded.putIfAbsent(new DN(base).toNormalizedString(), base);
                }
            } catch (LDAPException e) {
                // A server's own naming context that is no DN cannot be a base.
                continue;
            }
        }
    }

    private static boolean standsFor(DN cutOff, DN base) {
        RDN[] some = cutOff.getRDNs();
        RDN[] all = base.getRDNs();
        int different = 0;
        while (different < some.length && different < all.length && some[different].equals(all[different])) {
            different++;
        }
        if (different == some.length) {
            // No last name at all: everything that begins so, but not the base itself, which was asked already.
            return all.length > some.length && some.length > 0;
        }
        return different == some.length - 1 && different == all.length - 1 && isPrefix(some[different], all[different]);
    }

    private static boolean isPrefix(RDN some, RDN all) {
        return some.getAttributeNames()[0].equalsIgnoreCase(all.getAttributeNames()[0])
                && lower(all).startsWith(lower(some));
    }

    private static String lower(RDN rdn) {
        return rdn.getAttributeValues()[0].toLowerCase(Locale.ROOT);
    }
}
