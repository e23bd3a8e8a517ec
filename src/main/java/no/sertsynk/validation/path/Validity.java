package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** Whether a certificate is valid at a time (RFC 5280, 4.1.2.5: both ends included). */
final class Validity {
    private Validity() {}

    /** @param which as the reason names it */
    static Optional<Reason> problem(X509Certificate certificate, Instant at, String which) {
        Instant notAfter = certificate.getNotAfter().toInstant();
        Instant notBefore = certificate.getNotBefore().toInstant();
        if (at.isAfter(notAfter)) {
            return Optional.of(Reason.of(
                    ReasonCode.EXPIRED,
                    "expected " + which + " valid at " + at + ", found that it expired " + notAfter));
        }
        if (at.isBefore(notBefore)) {
            return Optional.of(Reason.of(
                    ReasonCode.NOT_YET_VALID,
                    "expected " + which + " valid at " + at + ", found that it begins " + notBefore));
        }
        return Optional.empty();
    }
}
