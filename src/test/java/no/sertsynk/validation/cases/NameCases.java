package no.sertsynk.validation.cases;

import java.util.ArrayList;
import java.util.List;
import no.sertsynk.validation.cases.Forge.Node;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Name constraints of each type (RFC 5280, 4.2.1.10): permitted and excluded, by the issuer and by one above it. */
final class NameCases {
    private static final int DNS = GeneralName.dNSName;
    private static final int MAIL = GeneralName.rfc822Name;
    private static final int URI = GeneralName.uniformResourceIdentifier;
    private static final int IP = GeneralName.iPAddress;
    private static final int DIRECTORY = GeneralName.directoryName;

    /** A name, and whether it lies within the constraint. */
    private record Pair(int type, String constraint, String name, boolean within) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(DNS, "example.no", "example.no", true),
            new Pair(DNS, "example.no", "host.example.no", true),
            new Pair(DNS, "example.no", "a.b.example.no", true),
            new Pair(DNS, "example.no", "HOST.EXAMPLE.NO", true),
            new Pair(DNS, "example.no", "badexample.no", false),
            new Pair(DNS, "example.no", "example.com", false),
            new Pair(DNS, "example.no", "no", false),
            new Pair(DNS, "host.example.no", "example.no", false),
            new Pair(MAIL, "post@example.no", "post@example.no", true),
            new Pair(MAIL, "post@example.no", "other@example.no", false),
            new Pair(MAIL, "example.no", "any@example.no", true),
            new Pair(MAIL, "example.no", "any@EXAMPLE.no", true),
            new Pair(MAIL, "example.no", "any@sub.example.no", false),
            new Pair(MAIL, "example.no", "any@badexample.no", false),
            new Pair(MAIL, ".example.no", "any@sub.example.no", true),
            new Pair(MAIL, ".example.no", "any@example.no", false),
            new Pair(URI, "example.no", "https://example.no/path", true),
            new Pair(URI, "example.no", "https://example.no:8443/path", true),
            new Pair(URI, "example.no", "https://sub.example.no/path", false),
            new Pair(URI, "example.no", "https://example.com/example.no", false),
            new Pair(URI, ".example.no", "https://sub.example.no/path", true),
            new Pair(URI, ".example.no", "https://example.no/path", false),
            new Pair(IP, "10.1.0.0/16", "10.1.2.3", true),
            new Pair(IP, "10.1.0.0/16", "10.2.2.3", false),
            new Pair(IP, "10.1.2.3/32", "10.1.2.3", true),
            new Pair(IP, "10.1.2.3/32", "10.1.2.4", false),
            new Pair(IP, "2001:db8::/32", "2001:db8:1::1", true),
            new Pair(IP, "2001:db8::/32", "2001:db9:1::1", false),
            new Pair(DIRECTORY, "C=NO,O=Helse", "C=NO,O=Helse,CN=A", true),
            new Pair(DIRECTORY, "C=NO,O=Helse", "C=NO,O=helse,CN=A", true),
            new Pair(DIRECTORY, "C=NO,O=Helse", "C=NO,O=Helse", true),
            new Pair(DIRECTORY, "C=NO,O=Helse", "C=NO,O=Annet,CN=A", false),
            new Pair(DIRECTORY, "C=NO,O=Helse", "C=NO", false),
            new Pair(DIRECTORY, "C=NO,O=Helse", "O=Helse,C=NO,CN=A", false));

    private final Node root = Forge.root("CN=Root", 1);

    static List<PathCase> all() {
        return new NameCases().cases();
    }

    private List<PathCase> cases() {
        List<PathCase> cases = new ArrayList<>();
        for (int i = 0; i < PAIRS.size(); i++) {
            Pair pair = PAIRS.get(i);
            for (boolean excluded : List.of(false, true)) {
                for (boolean above : List.of(false, true)) {
                    String id = "name/" + i + (excluded ? "-excluded" : "-permitted") + (above ? "-above" : "");
                    cases.add(alternative(id, pair, excluded, above));
                }
            }
            if (pair.type() == DIRECTORY) {
                cases.add(ofSubject("name/" + i + "-subject", pair, false));
                cases.add(ofSubject("name/" + i + "-subject-excluded", pair, true));
            }
        }
        others(cases);
        return cases;
    }

    private PathCase alternative(String id, Pair pair, boolean excluded, boolean above) {
        NameConstraints constraint = constraint(pair.type(), pair.constraint(), excluded);
        List<Node> others = new ArrayList<>();
        Node issuer = chain(constraint, excluded, above, others);
        Node leaf = Forge.leaf(prefix(excluded) + "CN=Leaf", issuer)
                .add(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(pair.type(), pair.name())))
                .make();
        return PathCase.of(id, root, others, leaf, pair.within() != excluded);
    }

    /** Subjects are directory names: these keep clear of every constraint on directory names. */
    private static String prefix(boolean excluded) {
        return excluded ? "C=DK,O=Utenfor," : "C=NO,O=Helse,";
    }

    private Node chain(NameConstraints constraint, boolean excluded, boolean above, List<Node> others) {
        Node upper = constrained(prefix(excluded) + "CN=Upper", 2, root, constraint);
        others.add(upper);
        if (!above) {
            return upper;
        }
        Node lower = Forge.authority(prefix(excluded) + "CN=Lower", 3).by(upper).make();
        others.add(lower);
        return lower;
    }

    private PathCase ofSubject(String id, Pair pair, boolean excluded) {
        List<Node> others = new ArrayList<>();
        Node issuer = chain(constraint(DIRECTORY, pair.constraint(), excluded), excluded, false, others);
        return PathCase.of(id, root, others, Forge.leaf(pair.name(), issuer).make(), pair.within() != excluded);
    }

    private void others(List<PathCase> cases) {
        Node permitting = constrained("CN=Permitting", 2, root, constraint(DNS, "example.no", false));
        Node narrower = constrained("CN=Narrower", 3, permitting, constraint(DNS, "sub.example.no", false));
        Node elsewhere = constrained("CN=Elsewhere", 4, permitting, constraint(DNS, "example.com", false));
        Node excluding = constrained("CN=Excluding", 5, permitting, constraint(DNS, "sub.example.no", true));
        List<Node> all = List.of(permitting, narrower, elsewhere, excluding);
        cases.add(PathCase.of("name/two-within", root, all, dns(narrower, "a.sub.example.no"), true));
        cases.add(PathCase.of("name/two-within-the-upper", root, all, dns(narrower, "a.example.no"), false));
        cases.add(PathCase.of("name/two-that-exclude-each-other", root, all, dns(elsewhere, "a.example.com"), false));
        cases.add(PathCase.of("name/permitted-then-excluded", root, all, dns(excluding, "a.sub.example.no"), false));
        cases.add(PathCase.of("name/permitted-not-excluded", root, all, dns(excluding, "a.example.no"), true));
        cases.add(PathCase.of(
                "name/none-of-the-type",
                root,
                all,
                Forge.leaf("CN=Leaf", permitting).make(),
                true));
        cases.add(PathCase.of(
                "name/other-type",
                root,
                all,
                Forge.leaf("CN=Leaf", permitting)
                        .add(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(MAIL, "a@elsewhere.com")))
                        .make(),
                true));
        cases.add(PathCase.of(
                "name/one-of-two-outside",
                root,
                all,
                Forge.leaf("CN=Leaf", permitting)
                        .add(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                            new GeneralName(DNS, "a.example.no"), new GeneralName(DNS, "a.example.com")
                        }))
                        .make(),
                false));
        Node mail = constrained("CN=Mail", 6, root, constraint(MAIL, "example.no", false));
        cases.add(PathCase.of(
                "name/mail-in-subject-within",
                root,
                List.of(mail),
                Forge.leaf("E=a@example.no,CN=Leaf", mail).make(),
                true));
        cases.add(PathCase.of(
                "name/mail-in-subject-outside",
                root,
                List.of(mail),
                Forge.leaf("E=a@example.com,CN=Leaf", mail).make(),
                false));
        selfIssued(cases);
    }

    /** A self-issued authority is not held to constraints, unless it is the last (6.1.3 (b)). */
    private void selfIssued(List<PathCase> cases) {
        Node outside = constrained("C=SE,CN=Outside", 2, root, constraint(DIRECTORY, "C=NO", false));
        Node again = Forge.authority("C=SE,CN=Outside", 3).by(outside).make();
        cases.add(PathCase.of(
                "name/self-issued-authority-is-exempt",
                root,
                List.of(outside, again),
                Forge.leaf("C=NO,CN=Leaf", again).make(),
                true));
        cases.add(PathCase.of("name/self-issued-last-is-not", root, List.of(outside), again, false));
        Node other = Forge.authority("C=SE,CN=Another", 3).by(outside).make();
        cases.add(PathCase.of(
                "name/other-authority-is-not",
                root,
                List.of(outside, other),
                Forge.leaf("C=NO,CN=Leaf", other).make(),
                false));
    }

    private static Node constrained(String name, int key, Node by, NameConstraints constraint) {
        return Forge.authority(name, key)
                .by(by)
                .add(Extension.nameConstraints, true, constraint)
                .make();
    }

    private static Node dns(Node issuer, String name) {
        return Forge.leaf("CN=Leaf", issuer)
                .add(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(DNS, name)))
                .make();
    }

    private static NameConstraints constraint(int type, String text, boolean excluded) {
        GeneralName name = type == DIRECTORY ? new GeneralName(new X500Name(text)) : new GeneralName(type, text);
        GeneralSubtree[] trees = {new GeneralSubtree(name)};
        return excluded ? new NameConstraints(null, trees) : new NameConstraints(trees, null);
    }
}
