package no.sertsynk.validation.revocation;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The whole of RFC 5280, section 6.3: delta, indirect and partitioned lists, and lists signed by other keys. */
interface ListProcessing {
    /**
     * Judges one certificate by all those lists.
     *
     * @param authorities its issuer first, the anchor last
     * @param at lists that have ended by then do not count
     */
    Outcome judge(X509Certificate certificate, List<X509Certificate> authorities, List<X509CRL> lists, Instant at);

    /** What came out. */
    sealed interface Outcome {
        record Good() implements Outcome {}

        record Revoked(String message, boolean onHold) implements Outcome {}

        /** The lists do not tell. */
        record Unknown(String message) implements Outcome {}
    }
}
