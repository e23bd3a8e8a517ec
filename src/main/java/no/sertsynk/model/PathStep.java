package no.sertsynk.model;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One certificate of a path, with what was checked of it.
 *
 * @param isAnchor whether it is trusted as it is, so that nothing was checked
 */
public record PathStep(X509Certificate certificate, boolean isAnchor, List<Check> checks) {
    public PathStep {
        checks = List.copyOf(checks);
    }

    /**
     * One check.
     *
     * @param detail what was found, in one line; empty if there is nothing to say
     * @param sources what the answer relies on
     */
    public record Check(Kind kind, Outcome outcome, String detail, List<Source> sources) {
        public Check {
            sources = List.copyOf(sources);
        }

        public static Check of(Kind kind, Outcome outcome, String detail) {
            return new Check(kind, outcome, detail, List.of());
        }
    }

    /** What was checked. */
    public enum Kind {
        ENCODING,
        SIGNATURE,
        VALIDITY,
        /** All else that RFC 5280 asks of a certificate in its place. */
        CONSTRAINTS,
        /** The rules for organisation certificates. */
        PROFILE,
        REVOCATION;

        /** The spelling in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of it. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** Somebody who had to be asked did not answer. */
        UNKNOWN;

        /** The spelling in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A revocation list or answer.
     *
     * @param what {@code CRL} or {@code OCSP}
     * @param from the address or file
     * @param nextAt when its issuer promised the next; empty if it did not
     * @param isKept whether it was kept from an earlier run
     */
    public record Source(String what, String from, Instant issuedAt, Optional<Instant> nextAt, boolean isKept) {}
}
