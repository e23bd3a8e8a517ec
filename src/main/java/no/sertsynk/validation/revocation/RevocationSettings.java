package no.sertsynk.validation.revocation;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;

/**
 * How revocation is asked for.
 *
 * @param order whom to ask, and whom next if the first does not know
 * @param clockSkew how far another's clock may be ahead of ours
 * @param recheck how long a kept list or answer that is not overdue is used without asking for a newer one
 * @param ended issuers that revoke no more
 */
public record RevocationSettings(List<Method> order, Duration clockSkew, Duration recheck, List<EndedService> ended) {
    public RevocationSettings {
        order = List.copyOf(order);
        ended = List.copyOf(ended);
    }

    /** Lists first, as is Norwegian practice, and everything asked in every run. */
    public static final RevocationSettings USUAL =
            new RevocationSettings(List.of(Method.CRL, Method.OCSP), Duration.ofMinutes(5), Duration.ZERO, List.of());

    /** For lists that are handed over. */
    static final RevocationSettings LISTS_ALONE =
            new RevocationSettings(List.of(Method.CRL), USUAL.clockSkew(), Duration.ZERO, List.of());

    /** A way to learn it. */
    public enum Method {
        CRL,
        OCSP
    }

    /**
     * An issuer whose revocation service has ended.
     *
     * @param since from then on nothing fresh is asked for
     */
    public record EndedService(Issuer issuer, Instant since) {
        boolean covers(X509Certificate authority, Instant at) {
            return !at.isBefore(since) && issuer.matches(authority);
        }
    }

    /** Which issuer. */
    public sealed interface Issuer {
        boolean matches(X509Certificate authority);

        record Named(X500Principal name) implements Issuer {
            @Override
            public boolean matches(X509Certificate authority) {
                return authority.getSubjectX500Principal().equals(name);
            }
        }

        /** @param sha256 of the issuer's own certificate */
        record Pinned(Sha256 sha256) implements Issuer {
            @Override
            public boolean matches(X509Certificate authority) {
                try {
                    return Sha256.of(authority.getEncoded()).equals(sha256);
                } catch (CertificateEncodingException e) {
                    return false;
                }
            }
        }
    }
}
