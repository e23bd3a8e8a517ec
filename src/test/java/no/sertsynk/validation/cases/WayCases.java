package no.sertsynk.validation.cases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.validation.cases.Forge.Node;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Ways to an anchor: what each certificate must be, where several ways are possible, which go in circles, and key
 * identifiers that are right, wrong or missing.
 */
final class WayCases {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");
    private final Node root = Forge.root("CN=Root", 1);
    private final List<PathCase> cases = new ArrayList<>();

    static List<PathCase> all() {
        WayCases made = new WayCases();
        for (int depth = 0; depth <= 3; depth++) {
            made.faultyAuthority(depth);
        }
        made.leaves();
        made.anchors();
        made.crossed();
        made.rings();
        made.identifiers();
        return made.cases;
    }

    private void add(String id, List<Node> others, Node leaf, boolean valid) {
        cases.add(PathCase.of("way/" + id, root, List.copyOf(others), leaf, valid));
    }

    /** An authority with something wrong, with so many right ones below it. */
    private void faultyAuthority(int depth) {
        faulty(depth, "right", Forge.authority("CN=A", 2), true);
        faulty(depth, "no-constraints", Forge.authority("CN=A", 2).without(Extension.basicConstraints), false);
        faulty(
                depth,
                "not-an-authority",
                Forge.authority("CN=A", 2).add(Extension.basicConstraints, true, new BasicConstraints(false)),
                false);
        faulty(
                depth,
                "constraints-not-critical",
                Forge.authority("CN=A", 2).add(Extension.basicConstraints, false, new BasicConstraints(true)),
                true);
        faulty(
                depth,
                "may-not-sign",
                Forge.authority("CN=A", 2).add(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)),
                false);
        faulty(
                depth,
                "may-not-sign-not-critical",
                Forge.authority("CN=A", 2).add(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature)),
                false);
        faulty(depth, "no-usage", Forge.authority("CN=A", 2).without(Extension.keyUsage), true);
        faulty(depth, "unknown", Forge.authority("CN=A", 2).add(UNKNOWN, false, DERNull.INSTANCE), true);
        faulty(depth, "unknown-critical", Forge.authority("CN=A", 2).add(UNKNOWN, true, DERNull.INSTANCE), false);
        faulty(
                depth,
                "expired",
                Forge.authority("CN=A", 2).valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofSeconds(1))),
                false);
        faulty(
                depth,
                "not-yet",
                Forge.authority("CN=A", 2).valid(Forge.NOW.plus(Duration.ofSeconds(1)), Forge.END),
                false);
        faulty(depth, "last-second", Forge.authority("CN=A", 2).valid(Forge.BEGIN, Forge.NOW), true);
        faulty(depth, "first-second", Forge.authority("CN=A", 2).valid(Forge.NOW, Forge.END), true);
        faulty(depth, "forged", Forge.authority("CN=A", 2).signedWith(Forge.key(9)), false);
    }

    private void faulty(int depth, String what, Forge forge, boolean valid) {
        List<Node> others = new ArrayList<>();
        Node last = forge.by(root).make();
        others.add(last);
        for (int i = 0; i < depth; i++) {
            last = Forge.authority("CN=Below " + i, 3 + i).by(last).make();
            others.add(last);
        }
        add(what + "-" + depth, others, Forge.leaf("CN=Leaf", last).make(), valid);
    }

    private void leaves() {
        Node a = Forge.authority("CN=A", 2).by(root).make();
        List<Node> all = List.of(a);
        add("leaf-right", all, Forge.leaf("CN=Leaf", a).make(), true);
        add("leaf-of-the-anchor", List.of(), Forge.leaf("CN=Leaf", root).make(), true);
        add("leaf-without-way", List.of(), Forge.leaf("CN=Leaf", a).make(), false);
        add(
                "leaf-forged",
                all,
                Forge.leaf("CN=Leaf", a).signedWith(Forge.key(9)).make(),
                false);
        add(
                "leaf-expired",
                all,
                Forge.leaf("CN=Leaf", a)
                        .valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofSeconds(1)))
                        .make(),
                false);
        add(
                "leaf-not-yet",
                all,
                Forge.leaf("CN=Leaf", a)
                        .valid(Forge.NOW.plus(Duration.ofSeconds(1)), Forge.END)
                        .make(),
                false);
        add(
                "leaf-first-second",
                all,
                Forge.leaf("CN=Leaf", a).valid(Forge.NOW, Forge.END).make(),
                true);
        add(
                "leaf-last-second",
                all,
                Forge.leaf("CN=Leaf", a).valid(Forge.BEGIN, Forge.NOW).make(),
                true);
        add(
                "leaf-unknown-critical",
                all,
                Forge.leaf("CN=Leaf", a).add(UNKNOWN, true, DERNull.INSTANCE).make(),
                false);
        add(
                "leaf-unknown",
                all,
                Forge.leaf("CN=Leaf", a).add(UNKNOWN, false, DERNull.INSTANCE).make(),
                true);
        add(
                "leaf-without-usage",
                all,
                Forge.leaf("CN=Leaf", a).without(Extension.keyUsage).make(),
                true);
        add("leaf-that-is-an-authority", all, Forge.authority("CN=B", 3).by(a).make(), true);
        add(
                "leaf-of-a-leaf",
                List.of(a, Forge.leaf("CN=Between", a).make()),
                Forge.leaf("CN=Leaf", Forge.leaf("CN=Between", a).make()).make(),
                false);
        add("leaf-self-signed", all, Forge.authority("CN=Leaf", 4).make(), false);
    }

    private void anchors() {
        Node a = Forge.authority("CN=A", 2).by(root).make();
        Node b = Forge.authority("CN=B", 3).by(a).make();
        Node leaf = Forge.leaf("CN=Leaf", b).make();
        cases.add(PathCase.of("way/anchor-in-the-middle", a, List.of(b), leaf, true));
        cases.add(PathCase.of("way/anchor-is-the-issuer", b, List.of(), leaf, true));
        cases.add(PathCase.of("way/anchor-of-another-key", Forge.root("CN=Root", 8), List.of(a, b), leaf, false));
        cases.add(new PathCase(
                "way/two-anchors-of-one-name",
                List.of(Forge.root("CN=Root", 8), root),
                List.of(a, b),
                List.of(),
                leaf,
                PathCase.Policies.ANY,
                true));
        Node old = Forge.authority("CN=Old", 4)
                .valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofDays(1)))
                .make();
        // An anchor is a name and a key (6.1.1 (d)); its certificate's end is told elsewhere.
        cases.add(PathCase.of(
                "way/anchor-expired", old, List.of(), Forge.leaf("CN=Leaf", old).make(), true));
    }

    private void crossed() {
        Node old = Forge.root("CN=Other root", 5);
        Node a = Forge.authority("CN=A", 2).by(root).make();
        Node crossed = Forge.authority("CN=A", 2).by(old).make();
        Node dead = Forge.authority("CN=A", 2)
                .by(root)
                .valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofDays(1)))
                .make();
        Node odd = Forge.authority("CN=A", 2)
                .by(root)
                .add(UNKNOWN, true, DERNull.INSTANCE)
                .make();
        Node leaf = Forge.leaf("CN=Leaf", a).make();
        add("crossed-both", List.of(crossed, a), leaf, true);
        add("crossed-other-root-alone", List.of(crossed), leaf, false);
        add("crossed-one-expired", List.of(dead, a), leaf, true);
        add("crossed-one-odd", List.of(odd, crossed, a), leaf, true);
        add("crossed-all-bad", List.of(odd, dead, crossed), leaf, false);
        Node rootByOther = Forge.authority("CN=Root", 1).by(old).make();
        cases.add(PathCase.of("way/crossed-root", old, List.of(rootByOther, a), leaf, true));
        cases.add(PathCase.of(
                "way/crossed-root-both-ways",
                old,
                List.of(
                        rootByOther,
                        a,
                        Forge.authority("CN=Other root", 5).by(root).make()),
                leaf,
                true));
        rollover(leaf);
    }

    /** An authority that changes its key signs the new by the old and the reverse (RFC 4210, 4.4). */
    private void rollover(Node byOldKey) {
        Node newRoot = Forge.root("CN=Root", 6);
        Node newByOld = Forge.authority("CN=Root", 6).by(root).make();
        Node oldByNew = Forge.authority("CN=Root", 1).by(newRoot).make();
        Node a = Forge.authority("CN=A", 2).by(root).make();
        Node leafOfNew = Forge.leaf("CN=New", newRoot).make();
        add("rollover-new-by-old", List.of(newByOld, oldByNew), leafOfNew, true);
        add("rollover-without-the-link", List.of(oldByNew), leafOfNew, false);
        cases.add(PathCase.of("way/rollover-old-by-new", newRoot, List.of(newByOld, oldByNew, a), byOldKey, true));
    }

    private void rings() {
        for (int size = 2; size <= 6; size++) {
            List<Node> ring = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Node signer = new Node("CN=Ring " + (i + 1) % size, Forge.key(10 + (i + 1) % size), root.certificate());
                ring.add(Forge.authority("CN=Ring " + i, 10 + i).by(signer).make());
            }
            Node leaf = Forge.leaf("CN=Leaf", ring.getFirst()).make();
            add("ring-of-" + size, ring, leaf, false);
            List<Node> withWayOut = new ArrayList<>(ring);
            withWayOut.add(Forge.authority("CN=Ring " + (size - 1), 10 + size - 1)
                    .by(root)
                    .make());
            add("ring-of-" + size + "-with-a-way-out", withWayOut, leaf, true);
            List<Node> withBadWayOut = new ArrayList<>(ring);
            withBadWayOut.add(Forge.authority("CN=Ring " + (size - 1), 10 + size - 1)
                    .by(root)
                    .add(UNKNOWN, true, DERNull.INSTANCE)
                    .make());
            add("ring-of-" + size + "-with-a-bad-way-out", withBadWayOut, leaf, false);
        }
    }

    /** They help to choose; the signature decides. */
    private void identifiers() {
        Node a = Forge.authority("CN=A", 2).by(root).make();
        Node namesake = Forge.authority("CN=A", 7).by(root).make();
        Node plain = Forge.authority("CN=A", 2)
                .by(root)
                .add(Extension.subjectKeyIdentifier, false, new DEROctetString(new byte[] {1, 2, 3}))
                .make();
        Node leaf = Forge.leaf("CN=Leaf", a).make();
        add("namesake-first", List.of(namesake, a), leaf, true);
        add("namesake-alone", List.of(namesake), leaf, false);
        add("identifiers-that-differ", List.of(plain), leaf, true);
        add("identifiers-that-differ-beside-a-namesake", List.of(namesake, plain), leaf, true);
        Node misled = Forge.leaf("CN=Leaf", a)
                .add(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[] {9, 9, 9}))
                .make();
        add("identifier-of-nobody", List.of(a), misled, true);
        List<Node> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(Forge.authority("CN=A", 20 + i).by(root).make());
        }
        add("namesakes-alone", many, leaf, false);
        many.add(a);
        add("thirty-namesakes", many, leaf, true);
    }
}
