package no.sertsynk.rollover;

import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;

/**
 * A certificate that a directory or the register gave for a party: a candidate, unless it is only announced.
 *
 * @param exact whether what named it names nothing else (serial numbers, one entry, the register's own certificate)
 * @param announcedFrom when the announcement that names it takes effect, or took effect; empty if a string in force
 *     names it
 */
public record Offer(
        PartnerCertificate certificate, Assessment assessment, boolean exact, Optional<Instant> announcedFrom) {

    /** What the offer comes to at that time. */
    Naming naming(Instant at) {
        if (announcedFrom.isEmpty()) {
            return Naming.NOW;
        }
        return takesOver(at).isPresent() ? Naming.ANNOUNCED : Naming.TAKEN_EFFECT;
    }

    /** When it becomes a candidate, if that is ahead. */
    Optional<Instant> takesOver(Instant at) {
        return announcedFrom.filter(from -> from.isAfter(at));
    }

    Offer with(Assessment other) {
        return new Offer(certificate, other, exact, announcedFrom);
    }
}
