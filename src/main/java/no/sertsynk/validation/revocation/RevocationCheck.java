package no.sertsynk.validation.revocation;

import java.security.cert.X509Certificate;
import java.util.List;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;

/**
 * Tells of every certificate of a path whether its issuer has revoked it. Safe for threads. Never throws for anything
 * that a certificate, a list or a server can do: that is a status.
 */
public interface RevocationCheck {
    /**
     * What is known of a path that is valid but for revocation. Addresses in its certificates may be followed, because
     * their signatures are verified; the caller must have done that.
     *
     * @param path from the certificate to the one below the anchor, as {@link java.security.cert.CertPath} has them
     */
    PathRevocation check(List<X509Certificate> path, X509Certificate anchor);

    /** A check by those lists alone, as of the settings' time. */
    static RevocationCheck create(TrustStore trust, ValidationSettings settings, CrlSource lists) {
        return new RevocationInquiry(
                trust,
                settings,
                RevocationSettings.LISTS_ALONE,
                lists,
                (certificate, issuer, revoked) ->
                        new RevocationStatus.Unknown(List.of("no responder is asked where lists are handed over")));
    }

    /** A check over the network, which asks each address once in its life: one run. */
    static RevocationCheck online(
            TrustStore trust, ValidationSettings settings, RevocationSettings rules, OnlineSources sources) {
        OcspAnswerCheck answers = new OcspAnswerCheck(settings.at(), settings.maxStale(), rules.clockSkew());
        return new RevocationInquiry(
                trust,
                settings,
                rules,
                new FetchedCrls(sources.fetcher(), sources.cache(), sources.clock(), rules.recheck()),
                new OcspExchange(sources, rules.recheck(), answers));
    }
}
