package no.sertsynk.sandbox;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for demonstrations and tests: a root, an issuing authority below it, organisation certificates
 * as the Norwegian ones are, and revocation lists. Keys are made anew each time and kept in memory alone; those of
 * organisations are drawn from a small pool, because nobody uses them and making one takes long. Safe for threads.
 */
public final class SandboxAuthority {
    /** Key usages of Buypass and Commfides certificates (RFC 5280, 4.2.1.3). */
    public static final int ENCRYPTION_USAGE = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;

    public static final int SIGNATURE_USAGE = KeyUsage.nonRepudiation;
    public static final int AUTHENTICATION_USAGE = KeyUsage.digitalSignature;
    private static final int POOL = 4;
    private static final int SERIAL_BITS = 79;
    private static final Duration CRL_AGE = Duration.ofMinutes(10);
    private static final Duration CRL_LIFE = Duration.ofHours(25);

    private final KeyPair rootKey;
    private final X509Certificate root;
    private final KeyPair issuerKey;
    private final X509Certificate issuer;
    private final Optional<String> crlUrl;
    /** A few keys of each size, made when first needed: making them takes longer than all else. */
    private final Map<Integer, KeyPair> pool = new ConcurrentHashMap<>();

    private final Map<BigInteger, Integer> revoked = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong revision = new AtomicLong();
    private final Instant madeAt;

    private SandboxAuthority(String name, Instant now, Optional<String> crlUrl) {
        this.madeAt = now;
        this.crlUrl = crlUrl;
        this.rootKey = newKey(2048);
        this.issuerKey = newKey(2048);
        X500Name rootName = new X500Name("CN=" + name + " Root CA,O=Sandkasse,C=NO");
        X500Name issuerName = new X500Name("CN=" + name + " CA,O=Sandkasse,C=NO");
        Instant from = now.minus(Duration.ofDays(365));
        Instant to = now.plus(Duration.ofDays(3650));
        this.root = sign(rootName, rootName, rootKey, rootKey, from, to, KeyUsage.keyCertSign | KeyUsage.cRLSign, true);
        this.issuer =
                sign(issuerName, rootName, issuerKey, rootKey, from, to, KeyUsage.keyCertSign | KeyUsage.cRLSign, true);
    }

    /**
     * An authority of that name.
     *
     * @param crlUrl of its revocation lists: certificates name {@code crlUrl/issuer.crl}, the issuer {@code crlUrl/root.crl};
     *     empty for none
     */
    public static SandboxAuthority create(String name, Instant now, Optional<String> crlUrl) {
        return new SandboxAuthority(name, now, crlUrl);
    }

    /**
     * What an organisation certificate says.
     *
     * @param seidV2 whether the organisation number is in organizationIdentifier instead of serialNumber
     */
    public record Order(
            String commonName,
            Optional<String> organizationalUnit,
            OrganizationNumber organization,
            boolean seidV2,
            int keyUsage,
            Instant notBefore,
            Instant notAfter,
            int rsaBits) {
        /** A certificate with the usual key, valid for three years from then. */
        public static Order of(String commonName, OrganizationNumber organization, int keyUsage, Instant notBefore) {
            return new Order(
                    commonName,
                    Optional.empty(),
                    organization,
                    true,
                    keyUsage,
                    notBefore,
                    notBefore.plus(Duration.ofDays(1096)),
                    2048);
        }

        public Order withRsaBits(int bits) {
            return new Order(commonName, organizationalUnit, organization, seidV2, keyUsage, notBefore, notAfter, bits);
        }

        public Order until(Instant end) {
            return new Order(commonName, organizationalUnit, organization, seidV2, keyUsage, notBefore, end, rsaBits);
        }
    }

    public X509Certificate root() {
        return root;
    }

    public X509Certificate issuer() {
        return issuer;
    }

    /** Issues a certificate. */
    public PartnerCertificate issue(Order order) {
        X500NameBuilder subject =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.C, "NO").addRDN(BCStyle.O, order.commonName());
        order.organizationalUnit().ifPresent(unit -> subject.addRDN(BCStyle.OU, unit));
        subject.addRDN(BCStyle.CN, order.commonName());
        if (order.seidV2()) {
            subject.addRDN(BCStyle.ORGANIZATION_IDENTIFIER, "NTRNO-" + order.organization());
        } else {
            subject.addRDN(BCStyle.SERIALNUMBER, order.organization().digits());
        }
        X509Certificate certificate = sign(
                subject.build(),
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                pooled(order.rsaBits()),
                issuerKey,
                order.notBefore(),
                order.notAfter(),
                order.keyUsage(),
                false);
        try {
            return PartnerCertificate.of(certificate);
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException("the sandbox made an unreadable certificate", e);
        }
    }

    /** Issues a certificate for a TLS server of those DNS names; it is shown with this authority's own below the root. */
    public SandboxIdentity server(List<String> names, Instant notBefore, Instant notAfter) {
        KeyPair key = pooled(2048);
        X509Certificate certificate = SandboxIdentity.sign(
                new SandboxIdentity.Subject(names, key.getPublic(), notBefore, notAfter),
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                issuerKey.getPrivate());
        return new SandboxIdentity(key.getPrivate(), List.of(certificate, issuer));
    }

    /** Changes whenever a certificate is revoked or released. */
    long revision() {
        return revision.get();
    }

    /** Revokes; with {@code hold} it may come back. */
    public void revoke(PartnerCertificate certificate, boolean hold) {
        synchronized (revoked) {
            revoked.put(certificate.serial(), hold ? CRLReason.certificateHold : CRLReason.keyCompromise);
            revision.incrementAndGet();
        }
    }

    /** Takes a certificate off the list again. */
    public void release(PartnerCertificate certificate) {
        synchronized (revoked) {
            revoked.remove(certificate.serial());
            revision.incrementAndGet();
        }
    }

    /** The issuing authority's list as of that time. */
    public X509CRL issuerCrl(Instant now) {
        synchronized (revoked) {
            return crl(issuer, issuerKey, now, revoked);
        }
    }

    /** A list of the issuing authority with those entries and their reasons (RFC 5280, 5.3.1). */
    public X509CRL issuerCrl(Instant now, Map<BigInteger, Integer> entries) {
        return crl(issuer, issuerKey, now, entries);
    }

    /** The root's list as of that time; it is empty. */
    public X509CRL rootCrl(Instant now) {
        return crl(root, rootKey, now, Map.of());
    }

    private static X509CRL crl(X509Certificate by, KeyPair key, Instant now, Map<BigInteger, Integer> entries) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(by.getSubjectX500Principal(), Date.from(now.minus(CRL_AGE)));
            builder.setNextUpdate(Date.from(now.plus(CRL_LIFE)));
            entries.forEach((number, reason) -> builder.addCRLEntry(number, Date.from(now), reason));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(by));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("the sandbox could not make a revocation list", e);
        }
    }

    private X509Certificate sign(
            X500Name subject,
            X500Name issuerName,
            KeyPair key,
            KeyPair by,
            Instant notBefore,
            Instant notAfter,
            int keyUsage,
            boolean authority) {
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(by.getPublic()));
            if (crlUrl.isPresent() && !subject.equals(issuerName)) {
                String url = crlUrl.get() + (authority ? "/root.crl" : "/issuer.crl");
                builder.addExtension(Extension.cRLDistributionPoints, false, distributionPoint(url));
            }
            byte[] der = builder.build(signer(by)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | java.io.IOException | OperatorCreationException e) {
            throw new IllegalStateException("the sandbox could not make a certificate", e);
        }
    }

    private static CRLDistPoint distributionPoint(String url) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), null, null)});
    }

    private static ContentSigner signer(KeyPair key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
    }

    private KeyPair pooled(int bits) {
        int which = (int) (issued.incrementAndGet() % POOL);
        return pool.computeIfAbsent(bits * POOL + which, absent -> newKey(bits));
    }

    private static KeyPair newKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have RSA", e);
        }
    }

    /** When this authority was made. */
    public Instant madeAt() {
        return madeAt;
    }
}
