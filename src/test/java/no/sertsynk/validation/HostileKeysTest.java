package no.sertsynk.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.revocation.CrlSource;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.oiw.ElGamalParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys made to keep whoever reads or uses them busy, or to make libraries fail: in a certificate that an honest authority
 * signed, and in an authority below an honest one, whose signature is then to be checked with that key.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileKeysTest {
    private static final Random RANDOM = new Random(5280);
    private static final TestAuthority ROOT = TestAuthority.root("CN=Root");
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    private static final ASN1ObjectIdentifier RSA_SIGNATURE = PKCSObjectIdentifiers.sha256WithRSAEncryption;
    private static final ASN1ObjectIdentifier EC_SIGNATURE = X9ObjectIdentifiers.ecdsa_with_SHA256;
    private static final ASN1ObjectIdentifier DSA_SIGNATURE = X9ObjectIdentifiers.id_dsa_with_sha1;
    private static final BigInteger USUAL_EXPONENT = BigInteger.valueOf(65537);

    static Stream<Arguments> keys() {
        AlgorithmIdentifier p256 = ec(SECObjectIdentifiers.secp256r1);
        return Stream.of(
                rsa("modulus of 16,384 bits", odd(16_384), USUAL_EXPONENT),
                rsa("modulus of 131,072 bits", odd(131_072), USUAL_EXPONENT),
                rsa("modulus of a million bits", odd(1_000_000), USUAL_EXPONENT),
                rsa("exponent as long as the modulus", odd(2048), odd(2047)),
                rsa("modulus and exponent of 16,384 bits", odd(16_384), odd(16_383)),
                rsa("exponent of a million bits", odd(2048), odd(1_000_000)),
                rsa("even modulus", odd(2048).clearBit(0), USUAL_EXPONENT),
                rsa("modulus zero", BigInteger.ZERO, USUAL_EXPONENT),
                rsa("modulus one", BigInteger.ONE, USUAL_EXPONENT),
                rsa("negative modulus", odd(2048).negate(), USUAL_EXPONENT),
                rsa("exponent zero", odd(2048), BigInteger.ZERO),
                rsa("exponent one", odd(2048), BigInteger.ONE),
                rsa("negative exponent", odd(2048), BigInteger.valueOf(-3)),
                rsa("even exponent", odd(2048), BigInteger.TWO),
                Arguments.of("RSA key that is no sequence", RSA_SIGNATURE, bits(RSA, new byte[] {5, 0})),
                Arguments.of("RSA key without anything", RSA_SIGNATURE, bits(RSA, new byte[0])),
                Arguments.of("point off its curve", EC_SIGNATURE, bits(p256, point(65))),
                Arguments.of("point at infinity", EC_SIGNATURE, bits(p256, new byte[] {0})),
                Arguments.of("point of the wrong length", EC_SIGNATURE, bits(p256, point(33))),
                Arguments.of(
                        "curve that nobody knows",
                        EC_SIGNATURE,
                        bits(ec(new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.7")), point(65))),
                dsa("p of 16,384 bits", odd(16_384), odd(256), BigInteger.TWO),
                dsa("q zero", odd(2048), BigInteger.ZERO, BigInteger.TWO),
                dsa("q one", odd(2048), BigInteger.ONE, BigInteger.TWO),
                dsa("p zero", BigInteger.ZERO, odd(256), BigInteger.TWO),
                dsa("generator one", odd(2048), odd(256), BigInteger.ONE),
                Arguments.of(
                        "algorithm with the parameters of another",
                        RSA_SIGNATURE,
                        bits(
                                new AlgorithmIdentifier(
                                        PKCSObjectIdentifiers.rsaEncryption,
                                        new ElGamalParameter(BigInteger.TWO, BigInteger.TWO)),
                                new byte[] {5, 0})));
    }

    private static AlgorithmIdentifier ec(ASN1ObjectIdentifier curve) {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
    }

    private static Arguments rsa(String what, BigInteger modulus, BigInteger exponent) {
        // The library's own class refuses some of these; a hostile authority's does not.
        ASN1Encodable key = modulus.signum() > 0 && exponent.signum() > 0
                ? new RSAPublicKey(modulus, exponent)
                : new DERSequence(new ASN1Encodable[] {new ASN1Integer(modulus), new ASN1Integer(exponent)});
        return Arguments.of("RSA, " + what, RSA_SIGNATURE, info(RSA, key));
    }

    private static Arguments dsa(String what, BigInteger p, BigInteger q, BigInteger g) {
        return Arguments.of(
                "DSA, " + what,
                DSA_SIGNATURE,
                info(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, new DSAParameter(p, q, g)),
                        new ASN1Integer(odd(2047))));
    }

    private static SubjectPublicKeyInfo info(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            return new SubjectPublicKeyInfo(algorithm, key);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SubjectPublicKeyInfo bits(AlgorithmIdentifier algorithm, byte[] key) {
        return new SubjectPublicKeyInfo(algorithm, key);
    }

    private static BigInteger odd(int bits) {
        return new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(0);
    }

    private static byte[] point(int length) {
        byte[] point = new byte[length];
        Arrays.fill(point, (byte) 7);
        point[0] = 4;
        return point;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void ofAnOrganisation_isRefused(String what, ASN1ObjectIdentifier algorithm, SubjectPublicKeyInfo key)
            throws Exception {
        byte[] leaf = byRoot("CN=Leaf", key, false);

        assertThat(verdict(leaf, List.of(), Policy.VIRKSOMHET)).isEqualTo(Verdict.REJECTED);
        assertThat(verdict(leaf, List.of(), Policy.RFC5280)).isNotEqualTo(Verdict.UNDETERMINED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void ofAnAuthority_signsNothing(String what, ASN1ObjectIdentifier algorithm, SubjectPublicKeyInfo key)
            throws Exception {
        byte[] authority = byRoot("CN=Authority", key, true);
        byte[] leaf = pretended(algorithm);

        assertThat(verdict(leaf, List.of(authority), Policy.RFC5280)).isEqualTo(Verdict.REJECTED);
    }

    private static Verdict verdict(byte[] leaf, List<byte[]> intermediates, Policy policy) {
        try {
            List<X509Certificate> read = intermediates.stream()
                    .flatMap(der -> readable(der).stream())
                    .toList();
            return Validators.create(
                            new TrustStore(List.of(ROOT.certificate), read),
                            ValidationSettings.of(TestAuthority.NOW, policy, RevocationMode.OFF),
                            CrlSource.none())
                    .assess(CertificateReading.parse(leaf))
                    .verdict();
        } catch (MalformedCertificateException e) {
            return Verdict.REJECTED;
        }
    }

    private static List<X509Certificate> readable(byte[] der) {
        try {
            PartnerCertificate read = CertificateReading.parse(der);
            return List.of(read.x509());
        } catch (MalformedCertificateException e) {
            return List.of();
        }
    }

    private static X509v3CertificateBuilder builder(
            String subject, String issuer, SubjectPublicKeyInfo key, boolean isAuthority) throws IOException {
        return new X509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.TEN,
                        Date.from(Instant.parse("2025-01-01T00:00:00Z")),
                        Date.from(Instant.parse("2035-01-01T00:00:00Z")),
                        new X500Name(subject),
                        key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    }

    private static byte[] byRoot(String subject, SubjectPublicKeyInfo key, boolean isAuthority) throws Exception {
        return builder(subject, ROOT.name, key, isAuthority)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.keys.getPrivate()))
                .getEncoded();
    }

    /** A certificate in the authority's name that says to be signed by that algorithm. */
    private static byte[] pretended(ASN1ObjectIdentifier algorithm) throws Exception {
        byte[] signature = new byte[256];
        RANDOM.nextBytes(signature);
        signature[0] = 0;
        ASN1Encodable value = algorithm.equals(RSA_SIGNATURE)
                ? new DERBitString(signature)
                : new DERBitString(new DERSequence(
                        new ASN1Encodable[] {new ASN1Integer(BigInteger.TWO), new ASN1Integer(BigInteger.TEN)}));
        AlgorithmIdentifier named = algorithm.equals(RSA_SIGNATURE)
                ? new AlgorithmIdentifier(algorithm, DERNull.INSTANCE)
                : new AlgorithmIdentifier(algorithm);
        var signer = new org.bouncycastle.operator.ContentSigner() {
            private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();

            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return named;
            }

            @Override
            public java.io.OutputStream getOutputStream() {
                return out;
            }

            @Override
            public byte[] getSignature() {
                return ((ASN1BitString) value).getOctets();
            }
        };
        return builder(
                        "CN=Leaf",
                        "CN=Authority",
                        SubjectPublicKeyInfo.getInstance(ROOT.keys.getPublic().getEncoded()),
                        false)
                .build(signer)
                .getEncoded();
    }
}
