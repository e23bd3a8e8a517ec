package no.sertsynk.keystore;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates to put into keystores; what they say matters to none of these tests. */
final class TestCertificates {
    static final KeyPair KEYS = keys();
    private static final X500Name AUTHORITY = new X500Name("CN=Test authority");

    private static final Map<String, X509Certificate> MADE = new ConcurrentHashMap<>();

    private TestCertificates() {}

    static PartnerCertificate number(long serial) {
        return named(serial, "CN=Party " + serial);
    }

    static PartnerCertificate named(long serial, String subject) {
        try {
            return PartnerCertificate.of(x509(serial, subject));
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same one each time. */
    static X509Certificate x509(long serial, String subject) {
        return MADE.computeIfAbsent(serial + subject, key -> made(serial, subject));
    }

    /** Signed by the key that it certifies, under another name. */
    private static X509Certificate made(long serial, String subject) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    AUTHORITY,
                    BigInteger.valueOf(serial),
                    Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                    Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                    new X500Name(subject),
                    KEYS.getPublic());
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(KEYS.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
