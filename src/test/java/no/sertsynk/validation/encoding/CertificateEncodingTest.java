package no.sertsynk.validation.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.BouncyCastle;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.encoding.CertificateEncoding.Reading;
import no.sertsynk.validation.revocation.CrlSource;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encodings that are legal though odd are taken, and those that are not are refused with what was found. */
class CertificateEncodingTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Root");
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    @Test
    void usualCertificate_isSound() {
        assertThat(CertificateEncoding.read(usual())).isInstanceOf(Reading.Sound.class);
    }

    @Test
    void indefiniteLength_isRefused() throws IOException {
        ASN1Sequence fields = ASN1Sequence.getInstance(usual());

        assertThat(found(new BERSequence(fields.toArray()).getEncoded())).contains("not DER");
    }

    @Test
    void lengthInMoreBytesThanNeeded_isRefused() {
        byte[] der = usual();
        byte[] longer = new byte[der.length + 1];
        // 30 82 LL LL becomes 30 83 00 LL LL.
        longer[0] = der[0];
        longer[1] = (byte) 0x83;
        System.arraycopy(der, 2, longer, 3, der.length - 2);

        assertThat(found(longer)).contains("found");
        assertThat(refusal(longer).code()).isEqualTo(ReasonCode.MALFORMED_CERTIFICATE);
    }

    @Test
    void trailingBytes_areRefused() {
        byte[] der = usual();

        assertThat(found(Arrays.copyOf(der, der.length + 1))).contains("found");
        assertThat(refusal(Arrays.copyOf(der, der.length + 1)).message()).contains("1 bytes after it");
    }

    @Test
    void booleanOfAnotherValueThanAllOnes_isRefused() {
        byte[] der = usual();
        int critical = indexOf(der, new byte[] {1, 1, (byte) 0xFF});
        der[critical + 2] = 1;

        assertThat(found(der)).contains("not DER");
    }

    @Test
    void criticalFalseWrittenOut_isRefused() throws IOException {
        ASN1Sequence constraints = new DERSequence(new ASN1Encodable[] {
            Extension.subjectAlternativeName,
            ASN1Boolean.FALSE,
            new DEROctetString(new GeneralNames(new GeneralName(GeneralName.dNSName, "a.example")).getEncoded())
        });

        assertThat(found(withExtensions(constraints))).contains("default value");
    }

    @Test
    void authorityFalseWrittenOut_isRefused() {
        assertThat(found(ROOT.leafCertificate(
                        "CN=Leaf",
                        Change.replace(Extension.basicConstraints, true, new DERSequence(ASN1Boolean.FALSE)))))
                .contains("default value");
    }

    @Test
    void oneExtensionTwice_isRefused() throws IOException {
        ASN1Sequence extension =
                new DERSequence(new ASN1Encodable[] {UNKNOWN, new DEROctetString(DERNull.INSTANCE.getEncoded())});

        assertThat(found(withExtensions(extension, extension))).contains("repeated extension");
    }

    @Test
    void extensionThatCannotBeRead_isRefused() throws IOException {
        assertThat(found(withExtensions(new DERSequence(new ASN1Encodable[] {
                    Extension.policyConstraints, new DEROctetString(DERNull.INSTANCE.getEncoded())
                }))))
                .contains("2.5.29.36");
    }

    @Test
    void extensionWithoutContent_isRefused() throws IOException {
        assertThat(found(withExtensions(new DERSequence(new ASN1Encodable[] {
                    Extension.certificatePolicies, new DEROctetString(new DERSequence().getEncoded())
                }))))
                .contains("2.5.29.32");
    }

    @Test
    void negativeSerialNumber_isRefused() throws Exception {
        assertThat(found(withSerial(BigInteger.valueOf(-5)))).contains("negative serial number");
    }

    @Test
    void serialNumberOfTwentyOctets_isTaken() throws Exception {
        assertThat(CertificateEncoding.read(withSerial(BigInteger.ONE.shiftLeft(158))))
                .isInstanceOf(Reading.Sound.class);
    }

    @Test
    void serialNumberOfTwentyOneOctets_isRefused() throws Exception {
        assertThat(found(withSerial(BigInteger.ONE.shiftLeft(159)))).contains("21 octets");
    }

    @Test
    void serialNumberOfAHundredThousandOctets_isRefused() throws Exception {
        assertThat(found(withSerial(BigInteger.ONE.shiftLeft(800_000)))).contains("serial number of 100001 octets");
    }

    @Test
    void serialNumberZero_isTaken() throws Exception {
        assertThat(CertificateEncoding.read(withSerial(BigInteger.ZERO))).isInstanceOf(Reading.Sound.class);
    }

    @Test
    void extensionsInAnOlderVersion_areRefused() throws IOException {
        assertThat(CertificateEncoding.read(changed(fields -> fields.removeFirst())))
                .isInstanceOf(Reading.Broken.class);
    }

    @Test
    void differentSignatureAlgorithms_areRefused() throws IOException {
        byte[] other =
                changed(fields -> fields.set(2, new DERSequence(new ASN1ObjectIdentifier("1.2.840.10045.4.3.3"))));

        assertThat(found(other)).contains("two different signature algorithms");
    }

    @Test
    void emptyIssuer_isRefused() throws IOException {
        assertThat(found(changed(fields -> fields.set(3, new DERSequence())))).contains("empty distinguished name");
    }

    @Test
    void curveThatIsWrittenOut_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.provider());
        var named = org.bouncycastle.asn1.x9.ECNamedCurveTable.getByName("P-256");
        generator.initialize(new org.bouncycastle.jce.spec.ECParameterSpec(
                named.getCurve(), named.getG(), named.getN(), named.getH()));
        KeyPair keys = generator.generateKeyPair();

        assertThat(found(changed(fields -> fields.set(
                        6, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())))))
                .contains("curve that is not named");
    }

    @Test
    void emptySubjectWithCriticalNames_isAccepted() {
        assertThat(verdict(ROOT.leaf(
                        "",
                        Change.add(
                                Extension.subjectAlternativeName,
                                true,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "a.example"))))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void unknownExtensionThatIsNotCritical_isAccepted() {
        assertThat(verdict(ROOT.leaf("CN=Leaf", Change.add(UNKNOWN, false, new DEROctetString(new byte[3])))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void unknownCriticalExtension_isRefused() {
        assertThat(verdict(ROOT.leaf("CN=Leaf", Change.add(UNKNOWN, true, new DEROctetString(new byte[3])))))
                .isEqualTo(Verdict.REJECTED);
    }

    @Test
    void oldKindsOfText_areAccepted() throws Exception {
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERT61String("Blåbær"))
                .addRDN(BCStyle.O, new DERBMPString("Øst"))
                .build();

        assertThat(verdict(CertificateReading.parse(
                        signed(BigInteger.TEN, name, Instant.parse("2030-01-01T00:00:00Z"), TestAuthority.newKeys()))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void endAfter2050_isAccepted() throws Exception {
        assertThat(verdict(CertificateReading.parse(signed(
                        BigInteger.TEN,
                        new X500Name("CN=Leaf"),
                        Instant.parse("2160-01-01T00:00:00Z"),
                        TestAuthority.newKeys()))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448", "RSASSA-PSS", "ML-DSA"})
    void keyOfAnyKind_isAccepted(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        assertThat(verdict(CertificateReading.parse(
                        signed(BigInteger.TEN, new X500Name("CN=Leaf"), Instant.parse("2030-01-01T00:00:00Z"), keys))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brainpoolP256r1", "secp256k1", "secp224r1"})
    void keyOnACurveThatTheJdkLacks_isAccepted(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.provider());
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair keys = generator.generateKeyPair();

        assertThat(verdict(CertificateReading.parse(
                        signed(BigInteger.TEN, new X500Name("CN=Leaf"), Instant.parse("2030-01-01T00:00:00Z"), keys))))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void anyByteChangedCutOrAdded_isNeverAccepted() throws Exception {
        long seed = 20260301;
        Random random = new Random(seed);
        byte[] der = usual();
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = damaged(der, random);
            if (Arrays.equals(damaged, der)) {
                continue;
            }
            Verdict verdict;
            try {
                verdict = verdict(CertificateReading.parse(damaged));
            } catch (MalformedCertificateException e) {
                verdict = Verdict.REJECTED;
            }
            assertThat(verdict).as("seed " + seed + ", case " + i).isEqualTo(Verdict.REJECTED);
        }
    }

    private static byte[] damaged(byte[] der, Random random) {
        byte[] damaged = der.clone();
        switch (random.nextInt(3)) {
            case 0 -> damaged[random.nextInt(der.length)] = (byte) random.nextInt();
            case 1 -> damaged = Arrays.copyOf(der, random.nextInt(der.length));
            default -> {
                int at = random.nextInt(der.length);
                damaged = Arrays.copyOf(der, der.length + 1);
                System.arraycopy(der, at, damaged, at + 1, der.length - at);
            }
        }
        return damaged;
    }

    private static Verdict verdict(PartnerCertificate certificate) {
        Assessment assessment = Validators.create(
                        new TrustStore(List.of(ROOT.certificate), List.of()),
                        ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF),
                        CrlSource.none())
                .assess(certificate);
        return assessment.verdict();
    }

    private static byte[] usual() {
        return ROOT.leaf("CN=Leaf").der();
    }

    private static String found(java.security.cert.X509Certificate certificate) {
        return found(TestAuthority.partner(certificate).der());
    }

    private static String found(byte[] der) {
        return CertificateEncoding.read(der) instanceof Reading.Broken(Reason reason) ? reason.message() : "";
    }

    private static Reason refusal(byte[] der) {
        try {
            PartnerCertificate.parse(der);
            throw new AssertionError("was read");
        } catch (MalformedCertificateException e) {
            return e.reason();
        }
    }

    private static byte[] withSerial(BigInteger serial) throws Exception {
        return signed(serial, new X500Name("CN=Leaf"), Instant.parse("2030-01-01T00:00:00Z"), TestAuthority.newKeys());
    }

    private static byte[] signed(BigInteger serial, X500Name subject, Instant end, KeyPair keys) throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name(ROOT.name),
                serial,
                new Time(Date.from(Instant.parse("2025-01-01T00:00:00Z"))),
                end.isAfter(Instant.parse("2050-01-01T00:00:00Z"))
                        ? new Time(new ASN1GeneralizedTime(Date.from(end)))
                        : new Time(Date.from(end)),
                subject,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.keys.getPrivate()))
                .getEncoded();
    }

    /** The usual certificate with fields of its signed part changed; the signature is wrong then. */
    private static byte[] changed(java.util.function.Consumer<List<ASN1Encodable>> change) throws IOException {
        ASN1Sequence certificate = ASN1Sequence.getInstance(usual());
        List<ASN1Encodable> fields = new ArrayList<>(Arrays.asList(
                ASN1Sequence.getInstance(certificate.getObjectAt(0)).toArray()));
        change.accept(fields);
        return new DERSequence(new ASN1Encodable[] {
                    new DERSequence(fields.toArray(ASN1Encodable[]::new)),
                    certificate.getObjectAt(1),
                    certificate.getObjectAt(2)
                })
                .getEncoded();
    }

    private static byte[] withExtensions(ASN1Encodable... extensions) throws IOException {
        return changed(
                fields -> fields.set(fields.size() - 1, new DERTaggedObject(true, 3, new DERSequence(extensions))));
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + wanted.length), wanted)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
