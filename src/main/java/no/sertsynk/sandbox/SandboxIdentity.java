package no.sertsynk.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key with its certificate and those above it, for a TLS server or client.
 *
 * @param chain its own certificate first
 */
public record SandboxIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final String ALIAS = "identity";
    private static final int SERIAL_BITS = 79;

    public SandboxIdentity {
        chain = List.copyOf(chain);
    }

    /** Whom a TLS certificate is for. */
    record Subject(List<String> names, PublicKey key, Instant notBefore, Instant notAfter) {}

    /** One that nobody but itself has signed. */
    public static SandboxIdentity selfSigned(List<String> names, Instant notBefore, Instant notAfter) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return selfSigned(generator.generateKeyPair(), names, notBefore, notAfter);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have RSA", e);
        }
    }

    /** The same with a key that exists already. */
    public static SandboxIdentity selfSigned(KeyPair key, List<String> names, Instant notBefore, Instant notAfter) {
        Subject subject = new Subject(names, key.getPublic(), notBefore, notAfter);
        return new SandboxIdentity(key.getPrivate(), List.of(sign(subject, name(names.getFirst()), key.getPrivate())));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    static X509Certificate sign(Subject subject, X500Name issuer, PrivateKey by) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, new SecureRandom()),
                    Date.from(subject.notBefore()),
                    Date.from(subject.notAfter()),
                    name(subject.names().getFirst()),
                    subject.key());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(subject.names().stream()
                            .map(name -> new GeneralName(GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new)));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(by))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the sandbox could not make a certificate", e);
        }
    }

    /** Its own certificate. */
    public PartnerCertificate certificate() {
        try {
            return PartnerCertificate.of(chain.getFirst());
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException("the sandbox made an unreadable certificate", e);
        }
    }

    /** A keystore of the platform's usual kind that holds it, for that password. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform must have PKCS12", e);
        }
    }

    /** A context in which a server shows it. */
    public SSLContext serverContext() {
        try {
            char[] password = "sandbox".toCharArray();
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have TLS", e);
        }
    }
}
