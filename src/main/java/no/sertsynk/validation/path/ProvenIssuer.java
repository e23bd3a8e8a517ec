package no.sertsynk.validation.path;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.validation.ValidationSettings;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * An authority whose way to its anchor the engine has walked for an earlier certificate, where nothing on that way
 * constrains what lies below it: no constraints of names or policies, no mappings, and no demand for a policy. For a
 * further certificate of this authority, section 6.1 of RFC 5280 then asks nothing but what it asks of a path of one
 * certificate with the authority as anchor. That is cheaper by half, and the platform's PKIX may say yes to it; its no is
 * not final, since then the engine walks the whole way.
 */
final class ProvenIssuer {
    /** What would let a certificate's place in a path matter, or reach beyond itself. */
    private static final List<ASN1ObjectIdentifier> CONSTRAINING = List.of(
            Extension.nameConstraints,
            Extension.policyConstraints,
            Extension.policyMappings,
            Extension.inhibitAnyPolicy);

    private final List<X509Certificate> above;
    private final X509Certificate anchor;
    private final Set<TrustAnchor> asAnchor;
    private final Date at;

    private ProvenIssuer(CertificationPath proven, Date at) {
        this.above = proven.certificates().subList(1, proven.certificates().size());
        this.anchor = proven.anchor();
        this.asAnchor = Set.of(new TrustAnchor(proven.issuerOf(0), null));
        this.at = at;
    }

    /** The authority at the end of a path that the engine found valid; empty if something constrains it. */
    static Optional<ProvenIssuer> of(CertificationPath proven, ValidationSettings settings) {
        boolean demands = settings.explicitPolicy()
                || settings.inhibitMapping()
                || settings.inhibitAny()
                || !settings.initialPolicies().isEmpty();
        boolean constrained = proven.certificates().stream().skip(1).anyMatch(ProvenIssuer::constrains);
        return demands || constrained
                ? Optional.empty()
                : Optional.of(new ProvenIssuer(proven, Date.from(settings.at())));
    }

    private static boolean constrains(X509Certificate certificate) {
        for (ASN1ObjectIdentifier extension : CONSTRAINING) {
            if (certificate.getExtensionValue(extension.getId()) != null) {
                return true;
            }
        }
        return false;
    }

    /** The same of a certificate that was read already, which is done for every one. */
    private static boolean constrains(Extensions extensions) {
        for (ASN1ObjectIdentifier extension : CONSTRAINING) {
            if (extensions.getExtension(extension) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * The path of a certificate by this authority, if it is seen at once to be valid.
     *
     * @param extensions of the same certificate
     */
    Optional<CertificationPath> extendTo(X509Certificate certificate, Extensions extensions) {
        if (constrains(extensions)) {
            return Optional.empty();
        }
        try {
            PKIXParameters parameters = new PKIXParameters(asAnchor);
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Not by this way; the engine finds out why, or another way.
            return Optional.empty();
        }
        List<X509Certificate> certificates = new ArrayList<>(above.size() + 1);
        certificates.add(certificate);
        certificates.addAll(above);
        return Optional.of(new CertificationPath(certificates, anchor));
    }
}
