package no.sertsynk.validation.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.junit.jupiter.api.Test;

/** Authorities that signed each other in ways made to keep a validator busy. */
class EntangledPathsTest {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    @Test
    void authoritiesThatAllSignEachOther_areFoundToLeadNowhere() {
        List<TestAuthority> authorities = authorities(12);
        List<X509Certificate> mesh = mesh(authorities);

        PathResult result = engine(List.of(TestAuthority.root("CN=Elsewhere").certificate), mesh)
                .search(authorities.getFirst().leafCertificate("CN=Leaf"));

        assertThat(codes(result)).containsAnyOf(ReasonCode.UNTRUSTED, ReasonCode.LIMIT_EXCEEDED);
    }

    @Test
    void authoritiesThatAllSignEachOther_areLeftByTheShortWay() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<TestAuthority> authorities = authorities(12);
        List<X509Certificate> mesh = mesh(authorities);
        mesh.add(root.crossSign(authorities.getLast()));

        PathResult result = engine(List.of(root.certificate), mesh)
                .search(authorities.getFirst().leafCertificate("CN=Leaf"));

        assertThat(result).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void manyPathsThatAllFail_endAtTheLimit() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<TestAuthority> authorities = authorities(10);
        List<X509Certificate> mesh = mesh(authorities);
        // Every path ends in an authority that says something nobody knows.
        mesh.add(root.crossSign(authorities.getLast(), Change.add(UNKNOWN, true, DERNull.INSTANCE)));

        PathResult result = engine(List.of(root.certificate), mesh)
                .search(authorities.getFirst().leafCertificate("CN=Leaf"));

        assertThat(result).isInstanceOf(PathResult.Invalid.class);
    }

    @Test
    void hundredsOfAuthoritiesOfOneName_areToldApartBySignature() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<X509Certificate> intermediates = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            intermediates.add(root.authority("CN=Same", withoutKeyIdentifier()).certificate);
        }
        TestAuthority right = root.authority("CN=Same", withoutKeyIdentifier());
        intermediates.add(right.certificate);

        assertThat(engine(List.of(root.certificate), intermediates).search(right.leafCertificate("CN=Leaf")))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void manyCertificatesOfOneAuthority_areTriedUntilOneIsRight() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority right = root.authority("CN=Same");
        List<X509Certificate> intermediates = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            intermediates.add(root.crossSign(right, Change.add(UNKNOWN, true, DERNull.INSTANCE)));
        }
        intermediates.add(right.certificate);

        assertThat(engine(List.of(root.certificate), intermediates).search(right.leafCertificate("CN=Leaf")))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void chainOfAHundred_isValid() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<X509Certificate> intermediates = new ArrayList<>();
        TestAuthority last = chain(root, 100, intermediates);

        assertThat(engine(List.of(root.certificate), intermediates).search(last.leafCertificate("CN=Leaf")))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void chainOfTwoHundred_isTooLong() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<X509Certificate> intermediates = new ArrayList<>();
        TestAuthority last = chain(root, 200, intermediates);

        assertThat(codes(engine(List.of(root.certificate), intermediates).search(last.leafCertificate("CN=Leaf"))))
                .containsExactly(ReasonCode.LIMIT_EXCEEDED);
    }

    @Test
    void pathLengthThatIsTooShort_isAConstraint() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority upper =
                root.authority("CN=Upper", Change.replace(Extension.basicConstraints, true, new BasicConstraints(0)));
        TestAuthority lower = upper.authority("CN=Lower");

        assertThat(codes(engine(List.of(root.certificate), List.of(upper.certificate, lower.certificate))
                        .search(lower.leafCertificate("CN=Leaf"))))
                .containsExactly(ReasonCode.PATH_CONSTRAINT);
    }

    @Test
    void thousandsOfNamesUnderThousandsOfConstraints_areNotCompared() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority authority = root.authority("CN=Authority", constraints(3000));
        GeneralName[] names = new GeneralName[3000];
        for (int i = 0; i < names.length; i++) {
            names[i] = new GeneralName(GeneralName.dNSName, "host" + i + ".example");
        }

        assertThat(codes(engine(List.of(root.certificate), List.of(authority.certificate))
                        .search(authority.leafCertificate(
                                "CN=Leaf",
                                Change.add(Extension.subjectAlternativeName, false, new GeneralNames(names))))))
                .containsExactly(ReasonCode.LIMIT_EXCEEDED);
    }

    @Test
    void dozensOfNamesUnderHundredsOfConstraints_areCompared() {
        TestAuthority root = TestAuthority.root("CN=Root");
        TestAuthority authority = root.authority("CN=Authority", constraints(400));
        GeneralName[] names = new GeneralName[100];
        for (int i = 0; i < names.length; i++) {
            names[i] = new GeneralName(GeneralName.dNSName, "host" + i + ".example");
        }

        assertThat(engine(List.of(root.certificate), List.of(authority.certificate))
                        .search(authority.leafCertificate(
                                "CN=Leaf",
                                Change.add(Extension.subjectAlternativeName, false, new GeneralNames(names)))))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void policyMappingsThatMultiply_areWalked() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<X509Certificate> intermediates = new ArrayList<>();
        TestAuthority last = root;
        for (int i = 0; i < 8; i++) {
            last = last.authority("CN=Level " + i, policies(24), mappings(24));
            intermediates.add(last.certificate);
        }

        assertThat(engine(List.of(root.certificate), intermediates, true)
                        .search(last.leafCertificate("CN=Leaf", policies(24))))
                .isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void thousandsOfPolicies_endAtTheLimit() {
        TestAuthority root = TestAuthority.root("CN=Root");
        List<X509Certificate> intermediates = new ArrayList<>();
        TestAuthority last = root;
        for (int i = 0; i < 50; i++) {
            last = last.authority("CN=Level " + i, policies(200));
            intermediates.add(last.certificate);
        }

        assertThat(codes(engine(List.of(root.certificate), intermediates, true)
                        .search(last.leafCertificate("CN=Leaf", policies(200)))))
                .containsExactly(ReasonCode.LIMIT_EXCEEDED);
    }

    private static Change policies(int count) {
        PolicyInformation[] policies = new PolicyInformation[count];
        for (int i = 0; i < count; i++) {
            policies[i] = new PolicyInformation(policy(i));
        }
        return Change.add(Extension.certificatePolicies, false, new CertificatePolicies(policies));
    }

    /** Each policy becomes each other. */
    private static Change mappings(int count) {
        List<CertPolicyId> from = new ArrayList<>();
        List<CertPolicyId> to = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                from.add(CertPolicyId.getInstance(policy(i)));
                to.add(CertPolicyId.getInstance(policy(j)));
            }
        }
        return Change.add(
                Extension.policyMappings,
                false,
                new PolicyMappings(from.toArray(CertPolicyId[]::new), to.toArray(CertPolicyId[]::new)));
    }

    private static ASN1ObjectIdentifier policy(int number) {
        return UNKNOWN.branch("2." + number);
    }

    private static Change constraints(int count) {
        GeneralSubtree[] excluded = new GeneralSubtree[count];
        for (int i = 0; i < count; i++) {
            excluded[i] = new GeneralSubtree(new GeneralName(GeneralName.dNSName, "not" + i + ".example"));
        }
        return Change.add(Extension.nameConstraints, true, new NameConstraints(null, excluded));
    }

    private static Change withoutKeyIdentifier() {
        return builder -> builder.removeExtension(Extension.subjectKeyIdentifier);
    }

    private static TestAuthority chain(TestAuthority root, int length, List<X509Certificate> intermediates) {
        TestAuthority last = root;
        for (int i = 0; i < length; i++) {
            last = last.authority("CN=Link " + i);
            intermediates.add(last.certificate);
        }
        return last;
    }

    private static List<TestAuthority> authorities(int count) {
        List<TestAuthority> authorities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            authorities.add(TestAuthority.root("CN=Authority " + i));
        }
        return authorities;
    }

    /** Each one's certificate by each other. */
    private static List<X509Certificate> mesh(List<TestAuthority> authorities) {
        List<X509Certificate> mesh = new ArrayList<>();
        for (TestAuthority signer : authorities) {
            for (TestAuthority signed : authorities) {
                if (signer != signed) {
                    mesh.add(signer.crossSign(signed));
                }
            }
        }
        return mesh;
    }

    private static PathEngine engine(List<X509Certificate> anchors, List<X509Certificate> intermediates) {
        return engine(anchors, intermediates, false);
    }

    private static PathEngine engine(
            List<X509Certificate> anchors, List<X509Certificate> intermediates, boolean explicitPolicy) {
        return new PathEngine(
                new TrustStore(anchors, intermediates),
                new ValidationSettings(
                        TestAuthority.NOW,
                        Policy.RFC5280,
                        2048,
                        RevocationMode.OFF,
                        Duration.ZERO,
                        Set.of(),
                        explicitPolicy,
                        false,
                        false),
                IssuerSource.none());
    }

    private static List<ReasonCode> codes(PathResult result) {
        return result instanceof PathResult.Invalid(var reasons, var nearest)
                ? reasons.stream().map(reason -> reason.code()).toList()
                : List.of();
    }
}
