package no.sertsynk.validation;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom to trust.
 *
 * @param anchors self-signed or pinned intermediate; each is trusted as it is
 * @param intermediates may help to build a path; not trusted by themselves
 */
public record TrustStore(List<X509Certificate> anchors, List<X509Certificate> intermediates) {
    public TrustStore {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }
}
