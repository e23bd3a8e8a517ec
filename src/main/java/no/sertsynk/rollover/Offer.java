package no.sertsynk.rollover;

import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;

/**
 * A certificate that a directory or the register gave for a party: a candidate, if it is in force.
 *
 * @param exact whether what named it names nothing else (serial numbers, one entry, the register's own certificate)
 * @param announcedFrom when the announcement that names it takes effect; empty if it is named now
 */
public record Offer(
        PartnerCertificate certificate, Assessment assessment, boolean exact, Optional<Instant> announcedFrom) {}
