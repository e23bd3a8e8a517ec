package no.sertsynk.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;

/**
 * When a service switches the old certificates of its parties off, and which those are.
 *
 * @param service what it is called
 * @param at when they are switched off
 * @param warnFrom from when a party without a new one must not be overlooked
 * @param old known to be old
 * @param fresh known to be new
 * @param freshFrom of the others those are old that are valid from before then
 * @param trouble why it is not known which are old, one line; then all are, so that none is taken for a successor
 */
public record CutOver(
        String service,
        Instant at,
        Instant warnFrom,
        Set<Sha256> old,
        Set<Sha256> fresh,
        Instant freshFrom,
        Optional<String> trouble) {
    public CutOver {
        old = Set.copyOf(old);
        fresh = Set.copyOf(fresh);
    }

    /**
     * By the very certificates where they are known: what is newer than the newest old one is new, else what is as new as
     * the oldest new one; without any by when the new ones were published.
     *
     * @param warning how long before it a party without a new one must not be overlooked
     */
    public static CutOver of(
            String service,
            Instant at,
            Duration warning,
            Collection<PartnerCertificate> old,
            Collection<PartnerCertificate> fresh,
            Optional<Instant> published) {
        Optional<Instant> afterOld = old.stream()
                .map(PartnerCertificate::notBefore)
                .max(Instant::compareTo)
                .map(begin -> begin.plusSeconds(1));
        Instant freshFrom = afterOld.or(
                        () -> fresh.stream().map(PartnerCertificate::notBefore).min(Instant::compareTo))
                .or(() -> published)
                .orElse(Instant.MIN);
        return new CutOver(service, at, at.minus(warning), digests(old), digests(fresh), freshFrom, Optional.empty());
    }

    /** One of which nobody can tell what is old. */
    public static CutOver unclear(String service, Instant at, Duration warning, String why) {
        return new CutOver(service, at, at.minus(warning), Set.of(), Set.of(), Instant.MAX, Optional.of(why));
    }

    private static Set<Sha256> digests(Collection<PartnerCertificate> certificates) {
        return certificates.stream().map(PartnerCertificate::sha256).collect(Collectors.toSet());
    }

    /** Whether the certificate is one of those that are switched off. */
    public boolean isOld(PartnerCertificate certificate) {
        return isOld(certificate.sha256(), certificate.notBefore());
    }

    /** The same of one that is known by these facts. */
    public boolean isOld(Sha256 sha256, Instant notBefore) {
        return !fresh.contains(sha256) && (old.contains(sha256) || notBefore.isBefore(freshFrom));
    }

    /** Whether the time has come. */
    boolean isPast(Instant now) {
        return !now.isBefore(at);
    }
}
