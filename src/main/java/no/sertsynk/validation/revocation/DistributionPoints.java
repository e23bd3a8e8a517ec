package no.sertsynk.validation.revocation;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Where a certificate says its revocation lists are (RFC 5280, 4.2.1.13).
 *
 * @param urls http and https addresses, in the certificate's order
 * @param simple whether no point names another issuer or only some reasons
 */
record DistributionPoints(List<URI> urls, boolean simple) {

    static DistributionPoints of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (extension == null) {
            return new DistributionPoints(List.of(), true);
        }
        List<URI> urls = new ArrayList<>();
        boolean simple = true;
        CRLDistPoint points =
                CRLDistPoint.getInstance(ASN1OctetString.getInstance(extension).getOctets());
        for (DistributionPoint point : points.getDistributionPoints()) {
            simple &= point.getReasons() == null && point.getCRLIssuer() == null;
            DistributionPointName name = point.getDistributionPoint();
            if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                for (GeneralName general :
                        GeneralNames.getInstance(name.getName()).getNames()) {
                    addHttp(general, urls);
                }
            }
        }
        return new DistributionPoints(urls, simple);
    }

    private static void addHttp(GeneralName name, List<URI> urls) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            return;
        }
        String text = name.getName().toString();
        if (text.startsWith("http://") || text.startsWith("https://")) {
            try {
                urls.add(URI.create(text));
            } catch (IllegalArgumentException e) {
                // An address that cannot be read is no address; the others, or none, remain.
                return;
            }
        }
    }
}
