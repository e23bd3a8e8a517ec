package no.sertsynk.validation.revocation;

import java.util.List;

/** What is known of one certificate: unknown is neither good nor revoked. */
public sealed interface RevocationStatus {
    /** Not revoked, by the evidence; it is empty for an issuer whose revocation service has ended. */
    record Good(List<Evidence> evidence) implements RevocationStatus {
        public Good {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * Revoked.
     *
     * @param message one line: what was expected, found and is to be done
     * @param onHold whether it may come back, so that it must be looked at again every time
     */
    record Revoked(String message, boolean onHold, Evidence evidence) implements RevocationStatus {}

    /** @param why each source that was tried and what it answered, one line each; never empty */
    record Unknown(List<String> why) implements RevocationStatus {
        public Unknown {
            why = List.copyOf(why);
            if (why.isEmpty()) {
                throw new IllegalArgumentException("an unknown status has a reason");
            }
        }
    }
}
