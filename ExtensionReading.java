package no.sertsynk.validation.profile;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** Extensions as plain values; what cannot be read is left to path validation to refuse. */
final class ExtensionReading {
    private static final String EXTENDED_KEY_USAGE = Extension.extendedKeyUsage.getId();

    private ExtensionReading() {}

    /** The policy identifiers in dotted form. */
    static List<String> policies(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.certificatePolicies.getId());
        if (extension == null) {
            return List.of();
        }
        try {
            byte[] value = ASN1OctetString.getInstance(extension).getOctets();
            List<String> oids = new ArrayList<>();
            for (PolicyInformation policy : CertificatePolicies.getInstance(value).getPolicyInformation()) {
                oids.add(policy.getPolicyIdentifier().getId());
            }
            return oids;
        } catch (RuntimeException e) {
            // Bouncy Castle reports a wrong encoding by unchecked exceptions of many kinds.
            return List.of();
        }
    }

    /** The extended key usages if they are marked critical, that is, if the certificate is limited to them. */
    static List<String> criticalExtendedKeyUsages(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (critical == null || !critical.contains(EXTENDED_KEY_USAGE)) {
            return List.of();
        }
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateParsingException e) {
            // The engine cannot read it either and refuses.
            return List.of();
        }
    }
}
