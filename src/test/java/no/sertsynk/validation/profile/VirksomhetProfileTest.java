package no.sertsynk.validation.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of organisation certificates beyond RFC 5280. */
class VirksomhetProfileTest {
    private static final String SUBJECT = "CN=Legekontor,O=Legekontor,2.5.4.97=NTRNO-983544622,C=NO";
    private static final TestAuthority SANDBOX = TestAuthority.root("CN=Sandbox CA");
    private static final TestAuthority BUYPASS = TestAuthority.root("CN=Buypass Class 3 CA 3,O=Buypass,C=NO");
    private static final TestAuthority COMMFIDES =
            TestAuthority.root("CN=Commfides Legal Person - G3 - TEST,O=Commfides,C=NO");
    private static final TestAuthority PERSONS = TestAuthority.root("CN=Commfides Natural Person - G3");

    @Test
    void unknownIssuer_mayUseAnyPolicyButThoseOfPersons() {
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT))).isEmpty();
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, policy("1.2.3.4")))).isEmpty();
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, policy("2.16.578.1.26.1.3.1"))))
                .containsExactly(ReasonCode.WRONG_POLICY);
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, policy("2.16.578.1.29.912.1.1.0"))))
                .containsExactly(ReasonCode.WRONG_POLICY);
    }

    @Test
    void knownIssuer_mustUseItsOwnPolicies() {
        assertThat(codes(BUYPASS.leafCertificate(SUBJECT, policy("2.16.578.1.26.1.3.2"))))
                .isEmpty();
        assertThat(codes(BUYPASS.leafCertificate(SUBJECT))).containsExactly(ReasonCode.WRONG_POLICY);
        assertThat(codes(BUYPASS.leafCertificate(SUBJECT, policy("2.16.578.1.26.1.3.3"))))
                .containsExactly(ReasonCode.WRONG_POLICY);
        assertThat(codes(COMMFIDES.leafCertificate(SUBJECT, policy("2.16.578.1.29.913.220.1.7"))))
                .isEmpty();
        assertThat(codes(COMMFIDES.leafCertificate(SUBJECT, policy("2.16.578.1.29.13.220.1.0"))))
                .containsExactly(ReasonCode.WRONG_POLICY);
    }

    @Test
    void personsAreRefused() {
        assertThat(codes(SANDBOX.leafCertificate("CN=Kari Nordmann,2.5.4.5=9578-4510-0001,C=NO")))
                .containsExactly(ReasonCode.WRONG_POLICY);
        assertThat(codes(SANDBOX.leafCertificate("CN=Kari Nordmann,2.5.4.5=UN:NO-9578-4510,C=NO")))
                .containsExactly(ReasonCode.WRONG_POLICY);
        assertThat(codes(PERSONS.leafCertificate(SUBJECT))).containsExactly(ReasonCode.WRONG_POLICY);
    }

    @Test
    void authorityOfTheOtherEnvironment_isRefusedWithTheReason() {
        X509Certificate certificate = COMMFIDES.leafCertificate(SUBJECT, policy("2.16.578.1.29.913.220.1.0"));

        assertThat(check(certificate, Optional.of("test"))).isEmpty();
        assertThat(check(certificate, Optional.of("production")))
                .singleElement()
                .satisfies(reason -> {
                    assertThat(reason.code()).isEqualTo(ReasonCode.UNTRUSTED);
                    assertThat(reason.message()).contains("found one of the environment test");
                });
    }

    @Test
    void usageThatServesNoPurpose_isRefused() {
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, builder -> builder.removeExtension(Extension.keyUsage))))
                .containsExactly(ReasonCode.WRONG_KEY_USAGE);
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, usage(KeyUsage.dataEncipherment))))
                .containsExactly(ReasonCode.WRONG_KEY_USAGE);
        assertThat(codes(SANDBOX.leafCertificate(
                        SUBJECT, Change.replace(Extension.basicConstraints, true, new BasicConstraints(true)))))
                .containsExactly(ReasonCode.WRONG_KEY_USAGE);
    }

    @Test
    void keyOnACurve_encryptsByAgreement() {
        assertThat(KeyUsageRule.purposes(SANDBOX.leafCertificate(SUBJECT, usage(KeyUsage.keyAgreement))))
                .containsExactly(Purpose.ENCRYPTION);
        assertThat(KeyUsageRule.purposes(SANDBOX.leafCertificate(SUBJECT, usage(KeyUsage.keyEncipherment))))
                .isEmpty();
        assertThat(KeyUsageRule.purposes(
                        SANDBOX.leafCertificate(SUBJECT, usage(KeyUsage.nonRepudiation | KeyUsage.digitalSignature))))
                .containsExactlyInAnyOrder(Purpose.SIGNATURE, Purpose.AUTHENTICATION);
    }

    @Test
    void criticalExtendedUsage_limits() {
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, extended(true, KeyPurposeId.id_kp_timeStamping))))
                .containsExactly(ReasonCode.WRONG_KEY_USAGE);
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, extended(true, KeyPurposeId.id_kp_emailProtection))))
                .isEmpty();
        assertThat(codes(SANDBOX.leafCertificate(SUBJECT, extended(false, KeyPurposeId.id_kp_smartcardlogon))))
                .isEmpty();
    }

    @Test
    void checkDigitOfARealNumber_isAWarningAlone() {
        X509Certificate certificate = BUYPASS.leafCertificate(SUBJECT, policy("2.16.578.1.26.1.3.2"));
        VirksomhetProfile profile = new VirksomhetProfile(2048, Optional.empty());

        assertThat(profile.check(
                                certificate,
                                TestAuthority.read(certificate),
                                Optional.of(new OrganizationNumber("983544621")))
                        .warnings())
                .hasSize(1);
        assertThat(profile.check(
                                certificate,
                                TestAuthority.read(certificate),
                                Optional.of(new OrganizationNumber("983544622")))
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CN=A,2.5.4.97=NTRNO-983544622,2.5.4.5=999999999           | 983544622
        CN=A,2.5.4.5=983544622,O=Firma - 999999999                | 983544622
        CN=A,O=Firma - 983544622                                  | 983544622
        CN=A,OU=983544622                                         |
        CN=A,2.5.4.5=98354462                                     |
        CN=A,2.5.4.97=VATNO-983544622                             |
        CN=A,O=Firma 983544622                                    |
        """)
    void organisationNumber_isReadByTheProfiles(String subject, String number) {
        assertThat(SubjectReader.read(new X500Principal(subject)).organizationNumber())
                .isEqualTo(Optional.ofNullable(number).map(OrganizationNumber::new));
    }

    private static List<ReasonCode> codes(X509Certificate certificate) {
        return check(certificate, Optional.empty()).stream().map(Reason::code).toList();
    }

    private static List<Reason> check(X509Certificate certificate, Optional<String> environment) {
        return new VirksomhetProfile(2048, environment)
                .check(certificate, TestAuthority.read(certificate), Optional.of(new OrganizationNumber("983544622")))
                .reasons();
    }

    private static Change policy(String oid) {
        return Change.add(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(oid))));
    }

    private static Change usage(int bits) {
        return Change.replace(Extension.keyUsage, true, new KeyUsage(bits));
    }

    private static Change extended(boolean critical, KeyPurposeId usage) {
        return Change.add(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(usage));
    }
}
