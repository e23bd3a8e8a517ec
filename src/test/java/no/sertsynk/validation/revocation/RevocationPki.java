package no.sertsynk.validation.revocation;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that makes certificates, lists and delegates of every kind a test wants. */
final class RevocationPki {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final int KEY_COMPROMISE = 1;
    static final int ON_HOLD = 6;
    static final int REMOVE_FROM_LIST = 8;
    /** Kept: making keys is what takes long. */
    private static final Map<String, KeyPair> KEYS = new LinkedHashMap<>();

    final KeyPair key;
    final X509Certificate authority;
    private long serial = 1000;

    RevocationPki(String name) throws Exception {
        key = key(name);
        authority = sign(
                name,
                name,
                key,
                key,
                NOW.minus(Duration.ofDays(365)),
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(true)),
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
    }

    /** An extension. */
    record Ext(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}

    static synchronized KeyPair key(String name) throws Exception {
        KeyPair known = KEYS.get(name);
        if (known == null) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            known = generator.generateKeyPair();
            KEYS.put(name, known);
        }
        return known;
    }

    X509Certificate leaf(Ext... extensions) throws Exception {
        return leaf("CN=Leaf", key("CN=Leaf"), extensions);
    }

    X509Certificate leaf(String name, KeyPair subjectKey, Ext... extensions) throws Exception {
        return sign(
                name,
                authority.getSubjectX500Principal().getName(),
                subjectKey,
                key,
                NOW.minus(Duration.ofDays(30)),
                List.of(extensions));
    }

    private X509Certificate sign(
            String subject, String issuer, KeyPair subjectKey, KeyPair by, Instant from, List<Ext> extensions)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(++serial),
                Date.from(from),
                Date.from(from.plus(Duration.ofDays(3650))),
                new X500Name(subject),
                subjectKey.getPublic());
        for (Ext extension : extensions) {
            builder.addExtension(extension.oid(), extension.critical(), extension.value());
        }
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(by.getPrivate()))
                .getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** Distribution points, one for each address. */
    static Ext points(String... urls) {
        return new Ext(Extension.cRLDistributionPoints, false, distribution(urls));
    }

    static Ext freshest(String url) {
        return new Ext(Extension.freshestCRL, false, distribution(url));
    }

    private static CRLDistPoint distribution(String... urls) {
        List<DistributionPoint> points = new ArrayList<>();
        for (String url : urls) {
            points.add(new DistributionPoint(name(url), null, null));
        }
        return new CRLDistPoint(points.toArray(DistributionPoint[]::new));
    }

    static DistributionPointName name(String url) {
        return new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url)));
    }

    static Ext responder(String url) {
        return new Ext(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                        AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, url)));
    }

    /** A list of this authority: from then for a day, with those entries and their reasons. */
    byte[] list(long number, Instant from, Map<BigInteger, Integer> entries, Ext... extensions) throws Exception {
        return list(number, from, Duration.ofDays(1), entries, extensions);
    }

    byte[] list(long number, Instant from, Duration life, Map<BigInteger, Integer> entries, Ext... extensions)
            throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(authority.getSubjectX500Principal(), Date.from(from));
        builder.setNextUpdate(Date.from(from.plus(life)));
        entries.forEach((revoked, reason) -> builder.addCRLEntry(revoked, Date.from(from), reason));
        builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
        for (Ext extension : extensions) {
            builder.addExtension(extension.oid(), extension.critical(), extension.value());
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()))
                .getEncoded();
    }
}
