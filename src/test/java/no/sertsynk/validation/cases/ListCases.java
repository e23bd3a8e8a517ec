package no.sertsynk.validation.cases;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.validation.cases.Forge.Node;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.jspecify.annotations.Nullable;

/** Revocation lists: complete, partitioned, for some reasons, indirect and delta (RFC 5280, 5 and 6.3). */
final class ListCases {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.2");
    private static final int ON_HOLD = 6;
    private static final int REMOVED = 8;
    private static final String X = "http://crl.example.no/x.crl";
    private static final String Y = "http://crl.example.no/y.crl";

    private final Node root = Forge.root("CN=Root", 1);
    private final Node a = Forge.authority("CN=A", 2).by(root).make();
    private final Node leaf = Forge.leaf("CN=Leaf", a).make();
    private final byte[] ofRoot = ListForge.by(root).number(1).make();
    private final List<PathCase> cases = new ArrayList<>();

    static List<PathCase> all() {
        ListCases made = new ListCases();
        made.complete();
        made.wrong();
        made.partitioned();
        made.someReasons();
        made.indirect();
        made.delta();
        return made.cases;
    }

    private void add(String id, boolean valid, Node certificate, byte[]... lists) {
        add(id, valid, certificate, List.of(a), lists);
    }

    private void add(String id, boolean valid, Node certificate, List<Node> others, byte[]... lists) {
        cases.add(PathCase.of("list/" + id, root, others, certificate, valid).with(List.of(lists)));
    }

    private static ListForge by(Node authority) {
        return ListForge.by(authority).number(1);
    }

    private void complete() {
        add("good", true, leaf, ofRoot, by(a).make());
        for (int reason : List.of(0, 1, 2, 3, 4, 5, ON_HOLD, 9, 10)) {
            add(
                    "revoked-for-" + reason,
                    false,
                    leaf,
                    ofRoot,
                    by(a).entry(leaf, reason).make());
            add(
                    "authority-revoked-for-" + reason,
                    false,
                    leaf,
                    by(root).entry(a, reason).make(),
                    by(a).make());
        }
        Node other = Forge.leaf("CN=Other", a).make();
        add("another-is-revoked", true, leaf, ofRoot, by(a).entry(other, 1).make());
        add(
                "serial-of-the-authority-by-the-authority",
                true,
                leaf,
                ofRoot,
                by(a).entry(a, 1).make());
        add(
                "serial-of-the-leaf-by-the-root",
                true,
                leaf,
                by(root).entry(leaf, 1).make(),
                by(a).make());
        add("leaf-of-the-anchor", true, Forge.leaf("CN=Leaf", root).make(), ofRoot);
        ListForge many = by(a);
        for (int i = 0; i < 3000; i++) {
            many.entryWithoutReason(BigInteger.valueOf(1_000_000L + i));
        }
        add("three-thousand-others", true, leaf, ofRoot, many.make());
        add("three-thousand-and-it", false, leaf, ofRoot, many.entry(leaf, 4).make());
        add(
                "newer-revokes",
                false,
                leaf,
                ofRoot,
                by(a).make(),
                later(2).entry(leaf, 1).make());
        add(
                "unknown-extension",
                true,
                leaf,
                ofRoot,
                by(a).add(UNKNOWN, false, DERNull.INSTANCE).make());
        add(
                "entry-with-unknown-extension",
                true,
                leaf,
                ofRoot,
                by(a).entry(other, unknown(false)).make());
    }

    private ListForge later(long number) {
        return ListForge.by(a, Forge.NOW.minus(Duration.ofMinutes(10)), Forge.NOW.plus(Duration.ofHours(24)))
                .number(number);
    }

    private static Extensions unknown(boolean critical) {
        return new Extensions(new Extension(UNKNOWN, critical, new byte[] {5, 0}));
    }

    private void wrong() {
        add("none", false, leaf, ofRoot);
        add("none-of-the-authority", false, leaf, by(a).make());
        for (Duration ago : List.of(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(40))) {
            byte[] ended = ListForge.by(a, Forge.NOW.minus(Duration.ofDays(60)), Forge.NOW.minus(ago))
                    .number(1)
                    .make();
            add("ended-" + ago, false, leaf, ofRoot, ended);
        }
        add(
                "ended-but-a-newer-is-there",
                true,
                leaf,
                ofRoot,
                ListForge.by(a, Forge.NOW.minus(Duration.ofDays(60)), Forge.NOW.minus(Duration.ofDays(40)))
                        .number(1)
                        .make(),
                later(2).make());
        byte[] endedRevoking = ListForge.by(
                        a, Forge.NOW.minus(Duration.ofDays(60)), Forge.NOW.minus(Duration.ofDays(1)))
                .number(1)
                .entry(leaf, 1)
                .make();
        add("ended-but-revokes", false, leaf, ofRoot, endedRevoking);
        add(
                "signed-by-another-key",
                false,
                leaf,
                ofRoot,
                by(a).signedWith(Forge.key(9)).make());
        add(
                "signed-by-another-key-and-revokes-nobody-beside-a-right-one",
                true,
                leaf,
                ofRoot,
                by(a).signedWith(Forge.key(9)).entry(leaf, 1).make(),
                by(a).make());
        Node namesake = new Node("CN=B", a.keys(), a.certificate());
        add("of-another-name", false, leaf, ofRoot, by(namesake).make());
        add(
                "unknown-critical-extension",
                false,
                leaf,
                ofRoot,
                by(a).add(UNKNOWN, true, DERNull.INSTANCE).make());
        add(
                "revoked-with-unknown-critical-entry",
                false,
                leaf,
                ofRoot,
                by(a).entry(leaf, unknown(true)).make());
        Node mayNot = Forge.authority("CN=A", 2)
                .by(root)
                .add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .make();
        add("signer-may-not-sign-lists", false, leaf, List.of(mayNot), ofRoot, by(a).make());
    }

    private static DistributionPointName full(String address) {
        return new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address)));
    }

    private static ASN1Encodable points(DistributionPoint... points) {
        return new CRLDistPoint(points);
    }

    private static IssuingDistributionPoint part(
            @Nullable DistributionPointName name,
            boolean users,
            boolean authorities,
            @Nullable ReasonFlags reasons,
            boolean indirect,
            boolean attributes) {
        return new IssuingDistributionPoint(name, users, authorities, reasons, indirect, attributes);
    }

    private ListForge part(Node by, IssuingDistributionPoint which) {
        return by(by).add(Extension.issuingDistributionPoint, true, which);
    }

    private void partitioned() {
        Node ofX = Forge.leaf("CN=Leaf", a)
                .add(Extension.cRLDistributionPoints, false, points(new DistributionPoint(full(X), null, null)))
                .make();
        IssuingDistributionPoint x = part(full(X), false, false, null, false, false);
        IssuingDistributionPoint y = part(full(Y), false, false, null, false, false);
        add("part-right", true, ofX, ofRoot, part(a, x).make());
        add("part-revokes", false, ofX, ofRoot, part(a, x).entry(ofX, 1).make());
        add("part-of-another-point", false, ofX, ofRoot, part(a, y).make());
        add(
                "part-right-beside-another",
                true,
                ofX,
                ofRoot,
                part(a, y).make(),
                part(a, x).make());
        add(
                "part-revokes-beside-another",
                false,
                ofX,
                ofRoot,
                part(a, y).make(),
                part(a, x).entry(ofX, 4).make());
        add("part-for-one-that-names-no-point", false, leaf, ofRoot, part(a, x).make());
        add("complete-for-one-that-names-a-point", true, ofX, ofRoot, by(a).make());
        IssuingDistributionPoint users = part(null, true, false, null, false, false);
        IssuingDistributionPoint authorities = part(null, false, true, null, false, false);
        IssuingDistributionPoint attributes = part(null, false, false, null, false, true);
        add("users-for-a-user", true, leaf, ofRoot, part(a, users).make());
        add(
                "users-revokes-a-user",
                false,
                leaf,
                ofRoot,
                part(a, users).entry(leaf, 1).make());
        add("authorities-for-a-user", false, leaf, ofRoot, part(a, authorities).make());
        add("attributes-for-a-user", false, leaf, ofRoot, part(a, attributes).make());
        add("authorities-for-an-authority", true, leaf, part(root, authorities).make(), by(a).make());
        add(
                "authorities-revokes-an-authority",
                false,
                leaf,
                part(root, authorities).entry(a, 2).make(),
                by(a).make());
        add("users-for-an-authority", false, leaf, part(root, users).make(), by(a).make());
        add(
                "users-and-authorities",
                true,
                leaf,
                ofRoot,
                part(a, users).make(),
                part(a, authorities).make());
    }

    private void someReasons() {
        ReasonFlags some = new ReasonFlags(ReasonFlags.keyCompromise | ReasonFlags.cACompromise);
        ReasonFlags rest = new ReasonFlags(ReasonFlags.unused
                | ReasonFlags.affiliationChanged
                | ReasonFlags.superseded
                | ReasonFlags.cessationOfOperation
                | ReasonFlags.certificateHold
                | ReasonFlags.privilegeWithdrawn
                | ReasonFlags.aACompromise);
        Node two = Forge.leaf("CN=Leaf", a)
                .add(
                        Extension.cRLDistributionPoints,
                        false,
                        points(new DistributionPoint(full(X), some, null), new DistributionPoint(full(Y), rest, null)))
                .make();
        IssuingDistributionPoint x = part(full(X), false, false, some, false, false);
        IssuingDistributionPoint y = part(full(Y), false, false, rest, false, false);
        add("reasons-half", false, two, ofRoot, part(a, x).make());
        add("reasons-other-half", false, two, ofRoot, part(a, y).make());
        add("reasons-all", true, two, ofRoot, part(a, x).make(), part(a, y).make());
        add(
                "reasons-all-first-revokes",
                false,
                two,
                ofRoot,
                part(a, x).entry(two, 1).make(),
                part(a, y).make());
        add(
                "reasons-all-second-revokes",
                false,
                two,
                ofRoot,
                part(a, x).make(),
                part(a, y).entry(two, 4).make());
        add(
                "reasons-all-second-holds",
                false,
                two,
                ofRoot,
                part(a, x).make(),
                part(a, y).entry(two, ON_HOLD).make());
    }

    private void indirect() {
        Node signer = Forge.authority("CN=Lists", 5)
                .by(root)
                .add(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
                .make();
        GeneralNames name = new GeneralNames(new GeneralName(new X500Name(signer.name())));
        Node served = Forge.leaf("CN=Leaf", a)
                .add(Extension.cRLDistributionPoints, false, points(new DistributionPoint(full(X), null, name)))
                .make();
        IssuingDistributionPoint right = part(full(X), false, false, null, true, false);
        IssuingDistributionPoint direct = part(full(X), false, false, null, false, false);
        Node other = Forge.leaf("CN=Other", a).make();
        List<Node> both = List.of(a, signer);
        add("indirect-right", true, served, both, ofRoot, part(signer, right).make());
        add(
                "indirect-revokes",
                false,
                served,
                both,
                ofRoot,
                part(signer, right).entryOf(served, a, 1).make());
        add(
                "indirect-revokes-another",
                true,
                served,
                both,
                ofRoot,
                part(signer, right).entryOf(other, a, 1).make());
        add(
                "indirect-revokes-that-serial-of-another-issuer",
                true,
                served,
                both,
                ofRoot,
                part(signer, right).entryOf(served, root, 1).make());
        // An entry without an issuer is of the issuer of the entry before it (5.3.3).
        add(
                "indirect-issuer-goes-on",
                false,
                served,
                both,
                ofRoot,
                part(signer, right).entryOf(other, a, 1).entry(served, 1).make());
        add(
                "indirect-not-said",
                false,
                served,
                both,
                ofRoot,
                part(signer, direct).make());
        add(
                "indirect-without-the-signer",
                false,
                served,
                List.of(a),
                ofRoot,
                part(signer, right).make());
        add(
                "indirect-of-another-signer",
                false,
                served,
                both,
                ofRoot,
                part(signer, right).signedWith(Forge.key(9)).make());
        add(
                "indirect-for-one-that-names-none",
                false,
                leaf,
                both,
                ofRoot,
                part(signer, right).make());
    }

    private void delta() {
        byte[] base = by(a).make();
        byte[] holding = by(a).entry(leaf, ON_HOLD).make();
        add("delta-without-news", true, leaf, ofRoot, base, delta(1).make());
        add("delta-revokes", false, leaf, ofRoot, base, delta(1).entry(leaf, 1).make());
        add(
                "delta-revokes-another",
                true,
                leaf,
                ofRoot,
                base,
                delta(1).entry(a, 1).make());
        add(
                "delta-releases",
                true,
                leaf,
                ofRoot,
                holding,
                delta(1).entry(leaf, REMOVED).make());
        add("delta-silent-on-hold", false, leaf, ofRoot, holding, delta(1).make());
        add("delta-alone", false, leaf, ofRoot, delta(1).make());
        add(
                "delta-of-a-later-base",
                true,
                leaf,
                ofRoot,
                base,
                delta(5).entry(leaf, 1).make());
    }

    private ListForge delta(long base) {
        return ListForge.by(a, Forge.NOW.minus(Duration.ofMinutes(10)), Forge.NOW.plus(Duration.ofHours(22)))
                .number(base + 1)
                .add(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
    }
}
