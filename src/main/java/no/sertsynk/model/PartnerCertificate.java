package no.sertsynk.model;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;

/**
 * An X.509 certificate and its identity. Two are equal if their DER is the same. Immutable and safe for threads.
 *
 * <p>That one can be made says only that the encoding is readable, nothing about its worth.
 */
public final class PartnerCertificate {
    /** Far more than any certificate in use has; a hostile directory cannot make us parse more. */
    public static final int MAX_BYTES = 256 * 1024;

    private final X509Certificate x509;
    private final byte[] der;
    private final Sha256 sha256;

    private PartnerCertificate(X509Certificate x509, byte[] der) {
        this.x509 = x509;
        this.der = der;
        this.sha256 = Sha256.of(der);
    }

    /**
     * Reads one DER certificate that fills the bytes exactly.
     *
     * @throws MalformedCertificateException for anything else, also for PEM, trailing bytes and more than {@link #MAX_BYTES}
     */
    public static PartnerCertificate parse(byte[] der) throws MalformedCertificateException {
        if (der.length > MAX_BYTES) {
            throw new MalformedCertificateException(Reason.of(
                    ReasonCode.LIMIT_EXCEEDED,
                    "expected a certificate of at most " + MAX_BYTES + " bytes, found " + der.length));
        }
        if (der.length == 0 || der[0] != 0x30) {
            throw new MalformedCertificateException(
                    "expected a DER certificate, found " + der.length + " bytes of something else");
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate x509 = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            byte[] encoded = x509.getEncoded();
            if (!Arrays.equals(encoded, der)) {
                throw new MalformedCertificateException(
                        encoded.length < der.length
                                ? "expected one DER certificate, found " + (der.length - encoded.length)
                                        + " bytes after it"
                                : "expected a DER certificate, found another encoding (BER)");
            }
            return new PartnerCertificate(x509, encoded);
        } catch (CertificateException | RuntimeException e) {
            // The JDK tells of some hostile encodings by unchecked exceptions.
            throw new MalformedCertificateException("expected a DER certificate, found: " + e.getMessage(), e);
        }
    }

    /**
     * Wraps a certificate that the caller has already parsed, such as one out of a keystore.
     *
     * @throws MalformedCertificateException if it has no encoding
     */
    public static PartnerCertificate of(X509Certificate x509) throws MalformedCertificateException {
        try {
            return new PartnerCertificate(x509, x509.getEncoded());
        } catch (CertificateException e) {
            throw new MalformedCertificateException("expected a certificate with an encoding: " + e.getMessage(), e);
        }
    }

    public X509Certificate x509() {
        return x509;
    }

    /** The DER encoding; a copy. */
    public byte[] der() {
        return der.clone();
    }

    public Sha256 sha256() {
        return sha256;
    }

    public BigInteger serial() {
        return x509.getSerialNumber();
    }

    /** The serial number in lower-case hexadecimal, as aliases have it. */
    public String serialHex() {
        return serial().toString(16);
    }

    public Instant notBefore() {
        return x509.getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return x509.getNotAfter().toInstant();
    }

    /** The subject's name in the order of RFC 4514, with organizationIdentifier by its name. */
    public String subject() {
        return DistinguishedNames.text(x509.getSubjectX500Principal());
    }

    /** The issuer's name, written as {@link #subject()}. */
    public String issuer() {
        return DistinguishedNames.text(x509.getIssuerX500Principal());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartnerCertificate that && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return subject() + " serial " + serial();
    }
}
