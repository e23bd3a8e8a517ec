package no.sertsynk.validation.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.cases.Forge.Node;
import no.sertsynk.validation.revocation.CrlSource;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random chains, many leaves of each issuer through one validator, so that all but the first may go the short way. None is
 * accepted that Bouncy Castle's own search and validation refuse.
 */
class ShortWayPropertyTest {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.10.1");
    private static final int CHAINS = 40;
    private static final int LEAVES = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsAcceptedThatTheLibraryRefuses(long seed) throws Exception {
        Random random = new Random(seed);
        int accepted = 0;
        int refused = 0;
        for (int chain = 0; chain < CHAINS; chain++) {
            Node root = Forge.root("CN=Root", 1);
            List<Node> others = new ArrayList<>();
            Node issuer = root;
            int depth = random.nextInt(3);
            for (int i = 0; i <= depth; i++) {
                issuer = changedAuthority(Forge.authority("CN=A" + i, 2 + i).by(issuer), random)
                        .make();
                others.add(issuer);
            }
            Validator validator = Validators.create(
                    new TrustStore(
                            List.of(root.certificate()),
                            others.stream().map(Node::certificate).toList()),
                    ValidationSettings.of(Forge.NOW, Policy.RFC5280, RevocationMode.OFF),
                    CrlSource.none());
            // The first is as it should be, so that the issuer is proven where it can be.
            validator.assess(
                    PartnerCertificate.of(Forge.leaf("CN=First", issuer).make().certificate()));
            for (int i = 0; i < LEAVES; i++) {
                Node leaf =
                        changedLeaf(Forge.leaf("CN=Leaf " + i, issuer), random).make();
                boolean isAccepted = validator
                                .assess(PartnerCertificate.of(leaf.certificate()))
                                .verdict()
                        == Verdict.ACCEPTED;
                boolean isValid = PathCase.of("chain", root, others, leaf, true).isValidByTheLibrary();
                assertThat(isAccepted && !isValid)
                        .as("seed " + seed + ", chain " + chain + ", leaf " + i + ": " + leaf.certificate())
                        .isFalse();
                accepted += isAccepted ? 1 : 0;
                refused += isValid ? 0 : 1;
            }
        }
        assertThat(accepted).as("some of both").isGreaterThan(CHAINS);
        assertThat(refused).as("some of both").isGreaterThan(CHAINS);
    }

    private static Forge changedAuthority(Forge forge, Random random) {
        return switch (random.nextInt(16)) {
            case 0 -> forge.pathLength(0);
            case 1 -> forge.add(Extension.nameConstraints, true, names());
            case 2 -> forge.add(Extension.policyConstraints, true, explicit());
            case 3 -> forge.add(Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
            case 4 -> forge.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign));
            case 5 -> forge.valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofDays(1)));
            case 6 -> forge.add(Extension.certificatePolicies, true, policies());
            default -> forge;
        };
    }

    private static Forge changedLeaf(Forge forge, Random random) throws Exception {
        return switch (random.nextInt(24)) {
            case 0 -> forge.add(UNKNOWN, true, DERNull.INSTANCE);
            case 1 -> forge.add(UNKNOWN, false, DERNull.INSTANCE);
            case 2 -> forge.signedWith(Forge.key(9));
            case 3 -> forge.valid(Forge.BEGIN, Forge.NOW.minus(Duration.ofSeconds(1)));
            case 4 -> forge.valid(Forge.NOW.plus(Duration.ofSeconds(1)), Forge.END);
            case 5 -> forge.add(Extension.subjectAlternativeName, false, name("a.bad.example"));
            case 6 -> forge.add(Extension.subjectAlternativeName, true, name("a.good.example"));
            case 7 -> forge.add(Extension.basicConstraints, true, new BasicConstraints(true));
            case 8 -> forge.add(Extension.basicConstraints, false, new BasicConstraints(false));
            case 9 -> forge.add(Extension.policyConstraints, true, explicit());
            case 10 -> forge.add(Extension.certificatePolicies, true, policies());
            case 11 -> forge.add(Extension.nameConstraints, true, names());
            case 12 -> forge.add(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            case 13 -> forge.add(Extension.inhibitAnyPolicy, true, new ASN1Integer(0));
            case 14 -> forge.without(Extension.keyUsage);
            case 15 -> forge.add(Extension.keyUsage, false, new KeyUsage(KeyUsage.keyEncipherment));
            case 16 -> forge.add(Extension.issuerAlternativeName, true, name("issuer.example"));
            case 17 -> forge.signedWith(other());
            case 18 -> forge.add(Extension.subjectKeyIdentifier, true, new DEROctetString(new byte[] {1, 2}));
            case 19 -> forge.add(Extension.subjectKeyIdentifier, false, new DEROctetString(new byte[] {1, 2}));
            default -> forge;
        };
    }

    /** A key on another curve than the issuer's. */
    private static KeyPair other() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        return generator.generateKeyPair();
    }

    private static GeneralNames name(String name) {
        return new GeneralNames(new GeneralName(GeneralName.dNSName, name));
    }

    private static NameConstraints names() {
        return new NameConstraints(
                null, new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "bad.example"))});
    }

    private static DERSequence explicit() {
        return new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0)));
    }

    private static CertificatePolicies policies() {
        return new CertificatePolicies(new PolicyInformation(POLICY));
    }
}
