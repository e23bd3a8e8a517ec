package no.sertsynk.validation.path;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.encoding.CertificateEncoding;
import no.sertsynk.validation.encoding.CertificateEncoding.Reading;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** A certificate with what a search for paths compares. Two are equal if their certificates are. */
final class Candidate {
    private static final int KEY_CERT_SIGN = 5;

    private final X509Certificate certificate;
    private final X500Name subject;
    private final X500Name issuer;
    private final boolean isAnchor;

    private Candidate(X509Certificate certificate, boolean isAnchor) {
        this.certificate = certificate;
        this.subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        this.issuer = X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
        this.isAnchor = isAnchor;
    }

    static Candidate of(X509Certificate certificate) {
        return new Candidate(certificate, false);
    }

    static Candidate anchor(X509Certificate certificate) {
        return new Candidate(certificate, true);
    }

    X509Certificate certificate() {
        return certificate;
    }

    X500Name subject() {
        return subject;
    }

    X500Name issuer() {
        return issuer;
    }

    boolean isAnchor() {
        return isAnchor;
    }

    /** Whether the key identifiers (RFC 5280, 4.2.1.1 and 4.2.1.2) say that this one's key signed the other. */
    KeyMatch keyMatch(Candidate signed) {
        Optional<byte[]> wanted = signed.authorityKey();
        Optional<byte[]> has = subjectKey();
        if (wanted.isEmpty() || has.isEmpty()) {
            return KeyMatch.UNTOLD;
        }
        return Arrays.equals(wanted.get(), has.get()) ? KeyMatch.SAME : KeyMatch.OTHER;
    }

    /** What two key identifiers say; the order is that in which issuers are tried. */
    enum KeyMatch {
        SAME,
        UNTOLD,
        OTHER
    }

    private Optional<byte[]> authorityKey() {
        byte[] extension = certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId());
        try {
            return extension == null
                    ? Optional.empty()
                    : Optional.ofNullable(AuthorityKeyIdentifier.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getKeyIdentifierOctets());
        } catch (RuntimeException e) {
            // A hint that cannot be read is none.
            return Optional.empty();
        }
    }

    private Optional<byte[]> subjectKey() {
        byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        try {
            return extension == null
                    ? Optional.empty()
                    : Optional.of(ASN1OctetString.getInstance(
                                    ASN1OctetString.getInstance(extension).getOctets())
                            .getOctets());
        } catch (RuntimeException e) {
            // A hint that cannot be read is none.
            return Optional.empty();
        }
    }

    /** Whether this one's key may have signed the other; a key that inherits its parameters is left to the engine. */
    boolean maySign(Candidate signed) {
        try {
            PublicKey key = certificate.getPublicKey();
            if (key instanceof DSAKey dsa && dsa.getParams() == null) {
                return true;
            }
            signed.certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** Whether both are of one authority: same name and same key, so that a path through both goes in a circle. */
    boolean isSameAuthority(Candidate other) {
        return subject.equals(other.subject) && certificate.getPublicKey().equals(other.certificate.getPublicKey());
    }

    /** Why it can never stand between a certificate and an anchor at that time; empty if it can. */
    Optional<Reason> unfit(Instant at) {
        try {
            if (CertificateEncoding.read(certificate.getEncoded()) instanceof Reading.Broken(Reason reason)) {
                return Optional.of(Reason.of(reason.code(), "its issuer " + name() + ": " + reason.message()));
            }
        } catch (GeneralSecurityException e) {
            return Optional.of(Reason.of(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected an encoding of " + name() + ", found none: " + e));
        }
        Optional<Reason> time = Validity.problem(certificate, at, "its issuer " + name());
        if (time.isPresent()) {
            return time;
        }
        boolean[] usage = certificate.getKeyUsage();
        boolean maySign = usage == null || (usage.length > KEY_CERT_SIGN && usage[KEY_CERT_SIGN]);
        return certificate.getBasicConstraints() >= 0 && maySign
                ? Optional.empty()
                : Optional.of(Reason.of(
                        ReasonCode.PATH_CONSTRAINT,
                        "expected an issuer that may sign certificates (basicConstraints and keyUsage), found "
                                + name()));
    }

    String name() {
        return DistinguishedNames.text(certificate.getSubjectX500Principal());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate that && certificate.equals(that.certificate);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }
}
