package no.sertsynk.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority with a key on a curve, which is made and verified fast, whose certificates can be made in any odd way. */
public final class TestAuthority {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final AtomicLong SERIALS = new AtomicLong(1);

    public final String name;
    public final KeyPair keys;
    public final X509Certificate certificate;

    private TestAuthority(String name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /** How a certificate departs from the usual; order of calls as in the builder. */
    @FunctionalInterface
    public interface Change {
        void apply(X509v3CertificateBuilder builder) throws IOException;

        static Change none() {
            return builder -> {};
        }

        static Change add(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
            return builder -> builder.addExtension(extension, critical, value);
        }

        static Change replace(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
            return builder -> builder.replaceExtension(
                    new Extension(extension, critical, value.toASN1Primitive().getEncoded("DER")));
        }
    }

    public static TestAuthority root(String name) {
        KeyPair keys = newKeys();
        return new TestAuthority(name, keys, authorityCertificate(name, keys, name, keys, Change.none()));
    }

    /** A new authority below this one. */
    public TestAuthority authority(String below, Change... changes) {
        KeyPair made = newKeys();
        return new TestAuthority(below, made, authorityCertificate(below, made, name, keys, changes));
    }

    /** This one's certificate for an authority that exists already. */
    public X509Certificate crossSign(TestAuthority other, Change... changes) {
        return authorityCertificate(other.name, other.keys, name, keys, changes);
    }

    public PartnerCertificate leaf(String subject, Change... changes) {
        return partner(leafCertificate(subject, changes));
    }

    public X509Certificate leafCertificate(String subject, Change... changes) {
        return certify(subject, newKeys(), name, keys, false, changes);
    }

    public static PartnerCertificate partner(X509Certificate certificate) {
        try {
            return PartnerCertificate.of(certificate);
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its fields, as the encoding check reads them. */
    public static Certificate read(X509Certificate certificate) {
        return Certificate.getInstance(partner(certificate).der());
    }

    private static X509Certificate authorityCertificate(
            String subject, KeyPair subjectKeys, String issuer, KeyPair issuerKeys, Change... changes) {
        return certify(subject, subjectKeys, issuer, issuerKeys, true, changes);
    }

    private static X509Certificate certify(
            String subject,
            KeyPair subjectKeys,
            String issuer,
            KeyPair issuerKeys,
            boolean isAuthority,
            Change... changes) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(Instant.parse("2025-01-01T00:00:00Z")),
                    Date.from(Instant.parse("2035-01-01T00:00:00Z")),
                    new X500Name(subject),
                    subjectKeys.getPublic());
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            isAuthority
                                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature | KeyUsage.keyAgreement));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    identifiers.createSubjectKeyIdentifier(subjectKeys.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
            for (Change change : changes) {
                change.apply(builder);
            }
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
