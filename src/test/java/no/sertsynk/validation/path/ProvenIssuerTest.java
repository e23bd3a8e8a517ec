package no.sertsynk.validation.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** The short way for further certificates of an issuer never differs from the engine's whole way. */
class ProvenIssuerTest {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    @Test
    void allCertificatesOfPkits_areJudgedAlikeBothWays() throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(SharedData.path("pkits/certs"))) {
            for (Path file : files.sorted().toList()) {
                for (PartnerCertificate certificate : CertificateReading.readable(file)) {
                    all.add(certificate.x509());
                }
            }
        }
        X509Certificate anchor = CertificateReading.first(SharedData.path("pkits/certs/TrustAnchorRootCertificate.crt"))
                .x509();
        PathEngine engine = new PathEngine(
                new TrustStore(List.of(anchor), all),
                ValidationSettings.of(Instant.parse("2011-04-15T00:00:00Z"), Policy.RFC5280, RevocationMode.OFF),
                IssuerSource.none());

        // Twice, so that the second time every issuer that can be is proven.
        for (int round = 0; round < 2; round++) {
            for (X509Certificate certificate : all) {
                assertThat(isValid(engine.validate(certificate, TestAuthority.read(certificate))))
                        .as(certificate.getSubjectX500Principal().toString())
                        .isEqualTo(isValid(engine.search(certificate)));
            }
        }
    }

    @Test
    void randomPaths_areJudgedAlikeBothWays() {
        long seed = 5280;
        Random random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < 60; i++) {
            TestAuthority root = TestAuthority.root("CN=Root");
            TestAuthority upper = root.authority("CN=Upper", authorityChanges(random));
            TestAuthority lower = upper.authority("CN=Lower", authorityChanges(random));
            PathEngine engine = new PathEngine(
                    new TrustStore(List.of(root.certificate), List.of(upper.certificate, lower.certificate)),
                    ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF),
                    IssuerSource.none());
            for (int j = 0; j < 6; j++) {
                X509Certificate leaf = lower.leafCertificate("CN=Leaf " + j, leafChanges(random));
                boolean isValid = isValid(engine.search(leaf));
                assertThat(isValid(engine.validate(leaf, TestAuthority.read(leaf))))
                        .as("seed " + seed + ", case " + i + "." + j)
                        .isEqualTo(isValid);
                valid += isValid ? 1 : 0;
            }
        }
        assertThat(valid).isBetween(50, 310);
    }

    @Test
    void issuerUnderConstraints_isNotProven() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority authority = root.authority("CN=Authority", constraint());
        X509Certificate leaf = authority.leafCertificate("CN=Leaf");

        assertThat(ProvenIssuer.of(
                        new CertificationPath(List.of(leaf, authority.certificate), root.certificate),
                        ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF)))
                .isEmpty();
    }

    @Test
    void certificateOfAnother_isNotOfTheProvenIssuer() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority authority = root.authority("CN=Authority");
        X509Certificate leaf = authority.leafCertificate("CN=Leaf");
        Optional<ProvenIssuer> proven = ProvenIssuer.of(
                new CertificationPath(List.of(leaf, authority.certificate), root.certificate),
                ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF));

        X509Certificate second = authority.leafCertificate("CN=Second");
        X509Certificate forged = root.authority("CN=Authority").leafCertificate("CN=Forged");

        assertThat(proven.orElseThrow()
                        .extendTo(second, TestAuthority.read(second).getExtensions()))
                .isPresent();
        assertThat(proven.orElseThrow()
                        .extendTo(forged, TestAuthority.read(forged).getExtensions()))
                .isEmpty();
    }

    private static Change[] authorityChanges(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Change[] {constraint()};
            case 1 -> new Change[] {requireExplicitPolicy()};
            case 2 -> new Change[] {Change.replace(Extension.basicConstraints, true, new BasicConstraints(0))};
            case 3 -> new Change[] {Change.replace(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))};
            default -> new Change[0];
        };
    }

    private static Change[] leafChanges(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Change[] {Change.add(UNKNOWN, true, DERNull.INSTANCE)};
            case 1 -> new Change[] {Change.add(UNKNOWN, false, DERNull.INSTANCE)};
            case 2 -> new Change[] {names("good.example")};
            case 3 -> new Change[] {names("bad.example")};
            case 4 -> new Change[] {requireExplicitPolicy()};
            default -> new Change[0];
        };
    }

    private static Change names(String name) {
        return Change.add(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }

    private static Change requireExplicitPolicy() {
        return Change.add(
                Extension.policyConstraints, true, new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))));
    }

    private static Change constraint() {
        return Change.add(Extension.nameConstraints, true, new NameConstraints(null, new GeneralSubtree[] {
            new GeneralSubtree(new GeneralName(GeneralName.dNSName, "bad.example"))
        }));
    }

    private static boolean isValid(PathResult result) {
        return result instanceof PathResult.Valid;
    }
}
