package no.sertsynk.validation.revocation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;

/**
 * What a list says of itself.
 *
 * @param number its cRLNumber (RFC 5280, 5.2.3)
 * @param plain whether it is complete and direct, as nearly all are: no critical extension, no delta to it or of it, and
 *     every entry of its own issuer
 * @param sha256 of its DER
 */
record CrlHeader(
        X500Principal issuer,
        Instant thisUpdate,
        Optional<Instant> nextUpdate,
        Optional<BigInteger> number,
        boolean plain,
        Sha256 sha256) {
    /** Whether a server that has this one now has gone back in time since it had the other. */
    boolean isOlderThan(CrlHeader other) {
        boolean lowerNumber =
                number.isPresent() && other.number.isPresent() && number.get().compareTo(other.number.get()) < 0;
        return issuer.equals(other.issuer) && (lowerNumber || thisUpdate.isBefore(other.thisUpdate));
    }

    /** Whether its issuer has promised a newer one by that time. */
    boolean isOverdue(Instant at) {
        return nextUpdate.isEmpty() || at.isAfter(nextUpdate.get());
    }
}
