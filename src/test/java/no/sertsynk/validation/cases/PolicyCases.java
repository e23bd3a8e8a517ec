package no.sertsynk.validation.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.validation.cases.Forge.Node;
import no.sertsynk.validation.cases.PathCase.Policies;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;

/** Policies: sets against sets, any policy, mappings, and the constraints that begin later (RFC 5280, 6.1.3 to 6.1.5). */
final class PolicyCases {
    private static final String ANY = "2.5.29.32.0";
    private static final String A = "1.3.6.1.4.1.55555.10.1";
    private static final String B = "1.3.6.1.4.1.55555.10.2";
    private static final Map<String, Set<String>> SETS = new LinkedHashMap<>();

    static {
        SETS.put("none", Set.of());
        SETS.put("a", Set.of(A));
        SETS.put("b", Set.of(B));
        SETS.put("ab", Set.of(A, B));
        SETS.put("any", Set.of(ANY));
    }

    private final Node root = Forge.root("CN=Root", 1);

    static List<PathCase> all() {
        return new PolicyCases().cases();
    }

    private List<PathCase> cases() {
        List<PathCase> cases = new ArrayList<>();
        SETS.forEach((upperName, upper) -> SETS.forEach((leafName, leaf) -> {
            Node authority = authority("CN=Authority", 2, root, upper).make();
            Node certificate = leaf(authority, leaf);
            for (Set<String> wanted : List.of(Set.<String>of(), Set.of(A), Set.of(B))) {
                for (boolean inhibitAny : List.of(false, true)) {
                    String id = "policy/" + upperName + "-" + leafName + "-wants-" + name(wanted)
                            + (inhibitAny ? "-without-any" : "");
                    boolean valid = !common(upper, leaf, wanted, inhibitAny).isEmpty();
                    cases.add(PathCase.of(id, root, List.of(authority), certificate, valid)
                            .with(new Policies(wanted, true, false, inhibitAny)));
                    if (!inhibitAny) {
                        cases.add(PathCase.of(id + "-not-demanded", root, List.of(authority), certificate, true)
                                .with(new Policies(wanted, false, false, false)));
                    }
                }
            }
        }));
        mappings(cases);
        delayed(cases);
        return cases;
    }

    private static String name(Set<String> wanted) {
        return wanted.isEmpty() ? "any" : wanted.contains(A) ? "a" : "b";
    }

    /** What is in all three; any policy stands for all, where it is not inhibited. */
    private static Set<String> common(Set<String> upper, Set<String> leaf, Set<String> wanted, boolean inhibitAny) {
        Set<String> all = Set.of(A, B, "every other");
        Set<String> common = new TreeSet<>(all);
        common.retainAll(meant(upper, all, inhibitAny));
        common.retainAll(meant(leaf, all, inhibitAny));
        if (!wanted.isEmpty()) {
            common.retainAll(wanted);
        }
        return common;
    }

    private static Set<String> meant(Set<String> set, Set<String> all, boolean inhibitAny) {
        return set.contains(ANY) ? (inhibitAny ? Set.of() : all) : set;
    }

    private void mappings(List<PathCase> cases) {
        Node mapping = authority("CN=Mapping", 2, root, Set.of(A))
                .add(Extension.policyMappings, true, mapping(A, B))
                .make();
        // A mapping is of the subject's domain, so that it takes an authority below to come into force.
        Node below = authority("CN=Below", 3, mapping, Set.of(B)).make();
        List<Node> all = List.of(mapping, below);
        Node mapped = leaf(below, Set.of(B));
        Policies a = new Policies(Set.of(A), true, false, false);
        Policies b = new Policies(Set.of(B), true, false, false);
        cases.add(PathCase.of("policy/mapped", root, all, mapped, true).with(a));
        cases.add(PathCase.of("policy/mapped-from-is-gone", root, all, mapped, false)
                .with(b));
        cases.add(PathCase.of("policy/mapped-leaf-with-the-old", root, all, leaf(below, Set.of(A)), false)
                .with(a));
        cases.add(PathCase.of("policy/mapping-inhibited", root, all, mapped, false)
                .with(new Policies(Set.of(A), true, true, false)));
        cases.add(PathCase.of("policy/mapped-directly", root, all, leaf(mapping, Set.of(B)), true)
                .with(a));
        Node toAny = authority("CN=To any", 4, root, Set.of(A))
                .add(Extension.policyMappings, true, mapping(A, ANY))
                .make();
        cases.add(PathCase.of("policy/mapping-to-any", root, List.of(toAny), leaf(toAny, Set.of(A)), false));
        Node fromAny = authority("CN=From any", 5, root, Set.of(ANY))
                .add(Extension.policyMappings, true, mapping(ANY, A))
                .make();
        cases.add(PathCase.of("policy/mapping-from-any", root, List.of(fromAny), leaf(fromAny, Set.of(A)), false));
        Node ofAny = authority("CN=Of any", 6, root, Set.of(ANY))
                .add(Extension.policyMappings, true, mapping(A, B))
                .make();
        cases.add(PathCase.of("policy/mapping-under-any", root, List.of(ofAny), leaf(ofAny, Set.of(B)), true)
                .with(a));
        Node forbidding = authority("CN=Forbidding", 7, root, Set.of(A))
                .add(Extension.policyConstraints, true, constraint(1, 0))
                .make();
        Node trying = authority("CN=Trying", 8, forbidding, Set.of(A))
                .add(Extension.policyMappings, true, mapping(A, B))
                .make();
        cases.add(PathCase.of(
                        "policy/mapping-forbidden-above",
                        root,
                        List.of(forbidding, trying),
                        leaf(trying, Set.of(B)),
                        false)
                .with(a));
    }

    /** Demands that begin some certificates further down. */
    private void delayed(List<PathCase> cases) {
        for (int skip = 0; skip <= 3; skip++) {
            for (int depth = 0; depth <= 3; depth++) {
                // The leaf is the certificate number depth + 1 below the one that demands.
                boolean begun = skip <= depth + 1;
                cases.add(below(
                        "policy/explicit-after-" + skip + "-at-" + depth,
                        Extension.policyConstraints,
                        constraint(0, skip),
                        depth,
                        Set.of(),
                        !(skip <= depth + 1)));
                cases.add(below(
                        "policy/explicit-fulfilled-after-" + skip + "-at-" + depth,
                        Extension.policyConstraints,
                        constraint(0, skip),
                        depth,
                        Set.of(A),
                        true));
                boolean anyCounts = skip >= depth + 1;
                cases.add(below(
                                "policy/any-inhibited-after-" + skip + "-at-" + depth,
                                Extension.inhibitAnyPolicy,
                                new ASN1Integer(skip),
                                depth,
                                Set.of(ANY),
                                anyCounts)
                        .with(new Policies(Set.of(), true, false, false)));
                if (begun && depth == 0) {
                    cases.add(below(
                            "policy/explicit-after-" + skip + "-of-another",
                            Extension.policyConstraints,
                            constraint(0, skip),
                            depth,
                            Set.of(B),
                            false));
                }
            }
        }
    }

    private PathCase below(
            String id,
            ASN1ObjectIdentifier oid,
            org.bouncycastle.asn1.ASN1Encodable value,
            int depth,
            Set<String> leafPolicies,
            boolean valid) {
        List<Node> others = new ArrayList<>();
        Node last = authority("CN=Demanding", 2, root, Set.of(A))
                .add(oid, true, value)
                .make();
        others.add(last);
        for (int i = 0; i < depth; i++) {
            last = authority("CN=Below " + i, 3 + i, last, Set.of(A)).make();
            others.add(last);
        }
        return PathCase.of(id, root, others, leaf(last, leafPolicies), valid);
    }

    /** @param tag 0 requires an explicit policy, 1 inhibits mapping */
    private static DERSequence constraint(int tag, int skip) {
        return new DERSequence(new DERTaggedObject(false, tag, new ASN1Integer(skip)));
    }

    private static PolicyMappings mapping(String from, String to) {
        return new PolicyMappings(
                CertPolicyId.getInstance(new ASN1ObjectIdentifier(from)),
                CertPolicyId.getInstance(new ASN1ObjectIdentifier(to)));
    }

    private static Forge authority(String name, int key, Node by, Set<String> policies) {
        return withPolicies(Forge.authority(name, key).by(by), policies);
    }

    private static Node leaf(Node by, Set<String> policies) {
        return withPolicies(Forge.leaf("CN=Leaf", by), policies).make();
    }

    private static Forge withPolicies(Forge forge, Set<String> policies) {
        if (policies.isEmpty()) {
            return forge;
        }
        ASN1EncodableVector all = new ASN1EncodableVector();
        new TreeSet<>(policies).forEach(policy -> all.add(new PolicyInformation(new ASN1ObjectIdentifier(policy))));
        return forge.add(Extension.certificatePolicies, false, CertificatePolicies.getInstance(new DERSequence(all)));
    }
}
