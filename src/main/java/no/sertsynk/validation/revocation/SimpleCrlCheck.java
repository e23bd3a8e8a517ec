package no.sertsynk.validation.revocation;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.validation.revocation.CrlSource.SourcedCrl;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Answers from the only kind of list that Norwegian authorities issue: complete, direct, signed by the issuer's own key.
 * Its signature is verified once and an entry is found by its number. Anything else is {@link Answer.NotSimple}, for the
 * engine to judge.
 */
final class SimpleCrlCheck {
    private static final int CRL_SIGN = 6;
    /** A list may be issued while a run that began earlier is under way, by a clock a little ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Set<String> KNOWN_EXTENSIONS =
            Set.of(Extension.authorityKeyIdentifier.getId(), Extension.cRLNumber.getId());

    private final Instant at;
    private final Duration maxStale;
    private final Map<X509CRL, PublicKey> verified = new ConcurrentHashMap<>();

    SimpleCrlCheck(Instant at, Duration maxStale) {
        this.at = at;
        this.maxStale = maxStale;
    }

    /** What the list says. */
    sealed interface Answer {
        /** This. */
        record Known(RevocationStatus status) implements Answer {}

        /** Not for this check to answer. */
        record NotSimple() implements Answer {}
    }

    Answer check(X509Certificate certificate, X509Certificate issuer, List<SourcedCrl> lists) {
        if (lists.size() != 1 || !DistributionPoints.of(certificate).simple()) {
            return new Answer.NotSimple();
        }
        X509CRL crl = lists.getFirst().crl();
        String source = lists.getFirst().source();
        if (!isSimple(crl, certificate) || !isVerified(crl, issuer)) {
            return new Answer.NotSimple();
        }
        Instant thisUpdate = crl.getThisUpdate().toInstant();
        if (thisUpdate.isAfter(at.plus(CLOCK_SKEW)) || crl.getNextUpdate() == null) {
            return new Answer.NotSimple();
        }
        Instant nextUpdate = crl.getNextUpdate().toInstant();
        Evidence evidence = new Evidence(
                Evidence.Kind.CRL,
                source,
                thisUpdate,
                Optional.of(nextUpdate),
                Optional.empty(),
                false,
                nextUpdate.plus(maxStale),
                ListRevocationCheck.digest(crl));
        X509CRLEntry entry = crl.getRevokedCertificate(certificate);
        if (entry != null) {
            return entry.hasUnsupportedCriticalExtension()
                    ? new Answer.NotSimple()
                    : new Answer.Known(new RevocationStatus.Revoked(
                            message(entry, source),
                            entry.getRevocationReason() == CRLReason.CERTIFICATE_HOLD,
                            evidence));
        }
        return new Answer.Known(
                at.isAfter(evidence.holdsUntil())
                        ? new RevocationStatus.Unknown(List.of("the list " + source + " ended " + nextUpdate))
                        : new RevocationStatus.Good(List.of(evidence)));
    }

    private static boolean isSimple(X509CRL crl, X509Certificate certificate) {
        if (certificate.getExtensionValue(Extension.freshestCRL.getId()) != null) {
            return false;
        }
        Set<String> critical = crl.getCriticalExtensionOIDs();
        Set<String> others = crl.getNonCriticalExtensionOIDs();
        return (critical == null || critical.isEmpty())
                && (others == null || KNOWN_EXTENSIONS.containsAll(others))
                && crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private boolean isVerified(X509CRL crl, X509Certificate issuer) {
        PublicKey known = verified.get(crl);
        if (known != null) {
            return known.equals(issuer.getPublicKey());
        }
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && (usage.length <= CRL_SIGN || !usage[CRL_SIGN])) {
            return false;
        }
        try {
            crl.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            // Not by this key: perhaps by another of the same issuer, which the engine finds out.
            return false;
        }
        verified.put(crl, issuer.getPublicKey());
        return true;
    }

    private static String message(X509CRLEntry entry, String source) {
        CRLReason reason = entry.getRevocationReason();
        boolean hold = reason == CRLReason.CERTIFICATE_HOLD;
        return "expected a certificate in force, found it "
                + (hold ? "on hold" : "revoked") + " since "
                + entry.getRevocationDate().toInstant()
                + (reason == null || hold ? "" : " (" + reason + ")")
                + " by the list " + source
                + (hold ? "; it may come back" : "; ask the party for its new certificate");
    }
}
