package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A path to a trust anchor, valid or not.
 *
 * @param certificates from the certificate to the one below the anchor
 */
public record CertificationPath(List<X509Certificate> certificates, X509Certificate anchor) {
    public CertificationPath {
        certificates = List.copyOf(certificates);
    }

    /** The issuer of the certificate at that place. */
    public X509Certificate issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
    }
}
