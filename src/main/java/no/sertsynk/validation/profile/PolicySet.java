package no.sertsynk.validation.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Certificate policies by their OIDs, single ones and whole branches. */
final class PolicySet {
    private final Set<String> exact = new HashSet<>();
    private final List<String> branches = new ArrayList<>();

    /** @param oids in dotted form; one that ends in {@code *} stands for all below it */
    static PolicySet of(List<String> oids) {
        PolicySet set = new PolicySet();
        for (String oid : oids) {
            if (oid.endsWith("*")) {
                set.branches.add(oid.substring(0, oid.length() - 1));
            } else {
                set.exact.add(oid);
            }
        }
        return set;
    }

    boolean contains(String oid) {
        if (exact.contains(oid)) {
            return true;
        }
        for (String branch : branches) {
            if (oid.startsWith(branch)) {
                return true;
            }
        }
        return false;
    }
}
