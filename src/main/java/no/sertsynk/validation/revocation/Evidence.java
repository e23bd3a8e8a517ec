package no.sertsynk.validation.revocation;

import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Sha256;

/**
 * A list or an answer that a status relies on.
 *
 * @param source the address or the file that it came from
 * @param nextUpdate when its issuer promised the next; empty if it did not
 * @param fetchedAt when its source was last asked; empty for a file that was handed over
 * @param fromCache whether this run took it from the folder of earlier runs without asking its source
 * @param holdsUntil until when it counts for what it does not list
 * @param sha256 of its DER
 */
public record Evidence(
        Kind kind,
        String source,
        Instant thisUpdate,
        Optional<Instant> nextUpdate,
        Optional<Instant> fetchedAt,
        boolean fromCache,
        Instant holdsUntil,
        Sha256 sha256) {
    /** What it is. */
    public enum Kind {
        CRL,
        OCSP
    }

    /** One line for people, such as "CRL http://… of 2026-01-01T04:00:00Z". */
    public String text() {
        return (kind == Kind.CRL ? "CRL " : "OCSP ") + source + " of " + thisUpdate
                + (fromCache ? ", kept from an earlier run" : "");
    }
}
