package no.sertsynk.validation.revocation;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where certificates say that their revocation can be learnt, each address once.
 *
 * @param lists of revocation lists
 * @param responders that answer about single certificates (OCSP)
 */
public record RevocationAddresses(List<URI> lists, List<URI> responders) {
    public RevocationAddresses {
        lists = List.copyOf(lists);
        responders = List.copyOf(responders);
    }

    public static RevocationAddresses of(Collection<X509Certificate> certificates) {
        Set<URI> lists = new LinkedHashSet<>();
        Set<URI> responders = new LinkedHashSet<>();
        for (X509Certificate certificate : certificates) {
            DistributionPoints points = DistributionPoints.of(certificate);
            points.groups().forEach(lists::addAll);
            responders.addAll(points.responders());
        }
        return new RevocationAddresses(List.copyOf(lists), List.copyOf(responders));
    }
}
