package no.sertsynk.validation.revocation;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/** The whole of RFC 5280, section 6.3: delta, indirect and partitioned lists, and lists signed by other keys. */
interface ListProcessing {
    /**
     * Judges a valid path by all those lists. Goes from the anchor down and ends with the first certificate that is not
     * good.
     */
    Outcome judge(List<X509Certificate> path, X509Certificate anchor, List<X509CRL> lists);

    /** What came out. */
    sealed interface Outcome {
        /** None is revoked. */
        record AllGood() implements Outcome {}

        /** The certificate at that place is revoked; those above it are not. */
        record Revoked(int index, String message, boolean onHold) implements Outcome {}

        /** The lists do not tell about the certificate at that place, nor of those below it. */
        record Unknown(int index, String message) implements Outcome {}
    }
}
