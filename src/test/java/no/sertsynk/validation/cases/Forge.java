package no.sertsynk.validation.cases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.validation.TestAuthority;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes one certificate of a case. Keys come from a small pool, so that hundreds of cases take seconds. */
final class Forge {
    static final Instant NOW = TestAuthority.NOW;
    static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    static final Instant END = Instant.parse("2035-01-01T00:00:00Z");
    private static final List<KeyPair> POOL = new ArrayList<>();
    private static final AtomicInteger SERIALS = new AtomicInteger(100);

    private final String subject;
    private KeyPair keys;
    private @Nullable Node issuer;
    private @Nullable KeyPair signer;
    private Instant from = BEGIN;
    private Instant until = END;
    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();

    /** A certificate with its key. */
    record Node(String name, KeyPair keys, X509Certificate certificate) {
        BigInteger serial() {
            return certificate.getSerialNumber();
        }
    }

    private Forge(String subject, KeyPair keys) {
        this.subject = subject;
        this.keys = keys;
    }

    /** A key of the pool; those of different numbers differ. */
    static synchronized KeyPair key(int number) {
        while (POOL.size() <= number) {
            POOL.add(TestAuthority.newKeys());
        }
        return POOL.get(number);
    }

    static Node root(String name, int key) {
        return authority(name, key).make();
    }

    /** An authority with the usual extensions; self-signed unless {@link #by}. */
    static Forge authority(String name, int key) {
        return new Forge(name, key(key))
                .add(Extension.basicConstraints, true, new BasicConstraints(true))
                .add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    static Forge leaf(String name, Node issuer) {
        return new Forge(name, key(0))
                .by(issuer)
                .add(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    }

    Forge by(Node made) {
        this.issuer = made;
        return this;
    }

    /** Signs with another key than the issuer's. */
    Forge signedWith(KeyPair other) {
        this.signer = other;
        return this;
    }

    Forge valid(Instant begin, Instant end) {
        this.from = begin;
        this.until = end;
        return this;
    }

    Forge pathLength(int length) {
        return add(Extension.basicConstraints, true, new BasicConstraints(length));
    }

    Forge add(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.put(
                    oid, new Extension(oid, critical, value.toASN1Primitive().getEncoded("DER")));
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Forge without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid);
        return this;
    }

    Node make() {
        Node by = issuer;
        KeyPair issuerKeys = by == null ? keys : by.keys();
        KeyPair signing = signer == null ? issuerKeys : signer;
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(by == null ? subject : by.name()),
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name(subject),
                    keys.getPublic());
            for (Extension extension : extensions.values()) {
                builder.addExtension(extension);
            }
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            if (!extensions.containsKey(Extension.subjectKeyIdentifier)) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            }
            if (!extensions.containsKey(Extension.authorityKeyIdentifier)) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
            }
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate()))
                    .getEncoded();
            return new Node(subject, keys, parsed(der));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate parsed(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
