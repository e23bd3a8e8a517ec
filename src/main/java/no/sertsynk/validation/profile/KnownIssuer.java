package no.sertsynk.validation.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * An authority that the program knows, from {@code issuers.txt}.
 *
 * @param environment {@code test} or {@code production}; nothing else tells certificates of the two apart
 * @param seid the version of the SEID profile that it issues by
 * @param organizationPolicies of its organisation certificates; empty if it issues to persons alone
 */
record KnownIssuer(String environment, int seid, Optional<PolicySet> organizationPolicies) {
    private static final Map<String, KnownIssuer> BY_NAME = load();

    /** The authority with that CN. */
    static Optional<KnownIssuer> named(String commonName) {
        return Optional.ofNullable(BY_NAME.get(commonName));
    }

    private static Map<String, KnownIssuer> load() {
        Map<String, KnownIssuer> issuers = new HashMap<>();
        for (String line : DataLines.of("issuers.txt")) {
            StringTokenizer fields = new StringTokenizer(line, "|");
            String environment = fields.nextToken().strip();
            int seid = Integer.parseInt(fields.nextToken().strip());
            String name = fields.nextToken().strip();
            String policies = fields.nextToken().strip();
            issuers.put(
                    name,
                    new KnownIssuer(
                            environment,
                            seid,
                            policies.equals("persons")
                                    ? Optional.empty()
                                    : Optional.of(PolicySet.of(List.of(policies.split(" "))))));
        }
        return Map.copyOf(issuers);
    }
}
