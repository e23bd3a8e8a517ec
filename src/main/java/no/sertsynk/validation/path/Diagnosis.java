package no.sertsynk.validation.path;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.TrustStore;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Explains a refusal of the engine in terms of reason codes. Decides nothing: it never turns one into an acceptance. */
public final class Diagnosis {
    private static final int MAX_STEPS = 10;

    private final TrustStore trust;
    private final Instant at;

    public Diagnosis(TrustStore trust, Instant at) {
        this.trust = trust;
        this.at = at;
    }

    /** At least one reason. */
    public List<Reason> explain(X509Certificate certificate, String engineMessage) {
        List<Reason> reasons = new ArrayList<>();
        validity(certificate, "the certificate").ifPresent(reasons::add);
        X509Certificate current = certificate;
        for (int step = 0; step < MAX_STEPS; step++) {
            if (trust.anchors().contains(current)) {
                break;
            }
            Optional<X509Certificate> issuer = issuer(current, reasons);
            if (issuer.isEmpty()) {
                break;
            }
            current = issuer.get();
            if (!trust.anchors().contains(current)) {
                validity(current, "its issuer " + name(current)).ifPresent(reasons::add);
            }
        }
        if (reasons.isEmpty()) {
            reasons.add(Reason.of(
                    ReasonCode.PATH_CONSTRAINT,
                    "expected a valid certification path (RFC 5280), found: " + engineMessage));
        }
        return reasons;
    }

    private Optional<Reason> validity(X509Certificate certificate, String which) {
        Instant notAfter = certificate.getNotAfter().toInstant();
        Instant notBefore = certificate.getNotBefore().toInstant();
        if (at.isAfter(notAfter)) {
            return Optional.of(Reason.of(
                    ReasonCode.EXPIRED,
                    "expected " + which + " valid at " + at + ", found that it expired " + notAfter));
        }
        if (at.isBefore(notBefore)) {
            return Optional.of(Reason.of(
                    ReasonCode.NOT_YET_VALID,
                    "expected " + which + " valid at " + at + ", found that it begins " + notBefore));
        }
        return Optional.empty();
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate, List<Reason> reasons) {
        List<X509Certificate> named = Stream.concat(trust.anchors().stream(), trust.intermediates().stream())
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .toList();
        for (X509Certificate candidate : named) {
            if (isSignedBy(certificate, candidate)) {
                return Optional.of(candidate);
            }
        }
        boolean sameKey = named.stream().anyMatch(candidate -> mayBeKeyOf(certificate, candidate));
        String issuer = DistinguishedNames.text(certificate.getIssuerX500Principal());
        if (sameKey) {
            reasons.add(Reason.of(
                    ReasonCode.BAD_SIGNATURE,
                    "expected a signature by " + issuer + ", found one that its key does not verify"));
        } else {
            reasons.add(Reason.of(
                    ReasonCode.UNTRUSTED,
                    "expected an issuer among the trust anchors or on a way to one, found " + issuer
                            + (named.isEmpty() ? "" : " with another key than the trusted authority of that name")
                            + "; add its authority to trust.anchors only if you know it"));
        }
        return Optional.empty();
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether the identifiers of RFC 5280, 4.2.1.1 and 4.2.1.2, leave it possible that the key signed. */
    private static boolean mayBeKeyOf(X509Certificate certificate, X509Certificate issuer) {
        byte[] authority = certificate.getExtensionValue("2.5.29.35");
        byte[] subject = issuer.getExtensionValue("2.5.29.14");
        if (authority == null || subject == null) {
            return true;
        }
        byte[] wanted = AuthorityKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(authority).getOctets())
                .getKeyIdentifierOctets();
        byte[] has = SubjectKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(subject).getOctets())
                .getKeyIdentifier();
        return wanted == null || Arrays.equals(wanted, has);
    }

    private static String name(X509Certificate certificate) {
        return DistinguishedNames.text(certificate.getSubjectX500Principal());
    }
}
