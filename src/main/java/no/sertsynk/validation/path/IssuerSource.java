package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Finds certificates of authorities that nobody handed over. What it finds is trusted no more than what a stranger sends:
 * it may stand in a path if its signatures lead to an anchor. Safe for threads.
 */
@FunctionalInterface
public interface IssuerSource {
    /** Certificates that may be the issuer's; empty if none was found. Never throws for what a server does. */
    List<X509Certificate> issuersOf(X509Certificate certificate);

    /** Finds nothing. */
    static IssuerSource none() {
        return certificate -> List.of();
    }
}
