package no.sertsynk.validation.revocation;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says that its revocation can be learnt (RFC 5280, 4.2.1.13, 4.2.1.15 and 4.2.2.1).
 *
 * @param groups addresses of lists: one list of each group is wanted, and its addresses are alternatives, in order
 * @param plain whether a complete and direct list answers: no point names another issuer or only some reasons, and no
 *     delta is offered
 * @param responders addresses that answer about single certificates
 */
record DistributionPoints(List<List<URI>> groups, boolean plain, List<URI> responders) {
    private static final int MAX_ADDRESSES = 16;
    private static final Set<String> LIST_SCHEMES = Set.of("http", "https", "ldap", "ldaps");
    private static final Set<String> RESPONDER_SCHEMES = Set.of("http", "https");

    DistributionPoints {
        groups = groups.stream().map(List::copyOf).toList();
        responders = List.copyOf(responders);
    }

    /** Empty where the certificate says nothing, or nothing that can be read. */
    static DistributionPoints of(X509Certificate certificate) {
        try {
            List<DistributionPoint> points = points(certificate, Extension.cRLDistributionPoints);
            List<DistributionPoint> freshest = points(certificate, Extension.freshestCRL);
            boolean plain = freshest.isEmpty()
                    && points.stream().allMatch(point -> point.getReasons() == null && point.getCRLIssuer() == null);
            List<List<URI>> groups = new ArrayList<>();
            if (plain) {
                add(
                        groups,
                        points.stream().flatMap(point -> names(point).stream()).toList());
            } else {
                points.forEach(point -> add(groups, names(point)));
                freshest.forEach(point -> add(groups, names(point)));
            }
            return new DistributionPoints(groups, plain, responders(certificate));
        } catch (RuntimeException e) {
            // What cannot be read names no address; whoever needs one says so.
            return new DistributionPoints(List.of(), false, List.of());
        }
    }

    private static void add(List<List<URI>> groups, List<String> names) {
        List<URI> addresses = addresses(names, LIST_SCHEMES);
        if (!addresses.isEmpty() && groups.size() < MAX_ADDRESSES) {
            groups.add(addresses);
        }
    }

    private static List<DistributionPoint> points(X509Certificate certificate, ASN1ObjectIdentifier oid) {
        byte[] extension = certificate.getExtensionValue(oid.getId());
        return extension == null
                ? List.of()
                : List.of(CRLDistPoint.getInstance(
                                ASN1OctetString.getInstance(extension).getOctets())
                        .getDistributionPoints());
    }

    private static List<String> names(DistributionPoint point) {
        DistributionPointName name = point.getDistributionPoint();
        if (name == null || name.getType() != DistributionPointName.FULL_NAME) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (GeneralName general : GeneralNames.getInstance(name.getName()).getNames()) {
            if (general.getTagNo() == GeneralName.uniformResourceIdentifier) {
                names.add(general.getName().toString());
            }
        }
        return names;
    }

    private static List<URI> responders(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (extension == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (AccessDescription access : AuthorityInformationAccess.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getAccessDescriptions()) {
            if (access.getAccessMethod().equals(AccessDescription.id_ad_ocsp)
                    && access.getAccessLocation().getTagNo() == GeneralName.uniformResourceIdentifier) {
                names.add(access.getAccessLocation().getName().toString());
            }
        }
        return addresses(names, RESPONDER_SCHEMES);
    }

    private static List<URI> addresses(List<String> names, Set<String> schemes) {
        List<URI> addresses = new ArrayList<>();
        for (String name : names) {
            try {
                URI address = new URI(name.strip());
                if (address.getScheme() != null
                        && schemes.contains(address.getScheme().toLowerCase(java.util.Locale.ROOT))
                        && addresses.size() < MAX_ADDRESSES) {
                    addresses.add(address);
                }
            } catch (URISyntaxException e) {
                // An address that cannot be read is no address; the others, or none, remain.
            }
        }
        return addresses;
    }
}
