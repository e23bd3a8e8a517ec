package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The real bases that a cut-off one stands for. The register holds bases such as {@code …,CN=Buypass Class 3 CA}, which no
 * authority has: its own directory reads the last name as a prefix, a strict one answers noSuchObject. There the top of
 * the tree is the authority and the rest lies below it, so that a base without any authority's name is a part of several.
 */
final class BaseExpansion {
    private static final int MAX_BASES = 20;

    private BaseExpansion() {}

    /** What the base may stand for among the known ones, without the base itself; at most 20. */
    static List<String> of(String cutOff, List<String> known) {
        Map<DN, String> expanded = new LinkedHashMap<>();
        for (String base : known) {
            try {
                DN written = new DN(cutOff);
                Optional<DN> meant = meant(written, new DN(base));
                if (meant.isPresent() && !meant.get().equals(written) && expanded.size() < MAX_BASES) {
                    expanded.putIfAbsent(meant.get(), meant.get().toString());
                }
            } catch (LDAPException e) {
                // A server may call something a naming context that is no DN; it cannot be a base.
                continue;
            }
        }
        return List.copyOf(expanded.values());
    }

    private static Optional<DN> meant(DN written, DN known) {
        if (written.isNullDN() || known.isDescendantOf(written, false)) {
            return Optional.of(known);
        }
        return cutOffTop(written.getRDNs(), known.getRDNs()).or(() -> missingTop(written.getRDNs(), known.getRDNs()));
    }

    /** The last name is the beginning of the known one's; names in front of the known base are kept. */
    private static Optional<DN> cutOffTop(RDN[] written, RDN[] known) {
        int extra = written.length - known.length;
        if (known.length == 0 || extra < 0 || !isPrefix(written[written.length - 1], known[known.length - 1])) {
            return Optional.empty();
        }
        for (int i = 0; i < known.length - 1; i++) {
            if (!written[extra + i].equals(known[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(join(written, extra, known));
    }

    /** The known base goes on where the written one ends; the written one may begin with the name of one entry. */
    private static Optional<DN> missingTop(RDN[] written, RDN[] known) {
        for (int extra = 0; extra <= 1; extra++) {
            int common = written.length - extra;
            boolean same = common > 0 && common < known.length;
            for (int i = 0; same && i < common; i++) {
                same = written[extra + i].equals(known[i]);
            }
            if (same) {
                return Optional.of(join(written, extra, known));
            }
        }
        return Optional.empty();
    }

    private static DN join(RDN[] written, int extra, RDN[] known) {
        List<RDN> names = new ArrayList<>(List.of(written).subList(0, extra));
        names.addAll(List.of(known));
        return new DN(names);
    }

    private static boolean isPrefix(RDN written, RDN known) {
        return written.getAttributeNames()[0].equalsIgnoreCase("cn")
                && known.getAttributeNames()[0].equalsIgnoreCase("cn")
                && lower(known).startsWith(lower(written));
    }

    private static String lower(RDN rdn) {
        return rdn.getAttributeValues()[0].toLowerCase(Locale.ROOT);
    }
}
