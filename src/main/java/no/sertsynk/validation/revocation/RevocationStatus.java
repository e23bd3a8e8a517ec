package no.sertsynk.validation.revocation;

import java.security.cert.CRLReason;
import java.time.Instant;
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
    record Revoked(String message, boolean onHold, Evidence evidence) implements RevocationStatus {
        private static final int ON_HOLD = 6;

        /** @param reason the code of RFC 5280, 5.3.1; 0 if none is given */
        static Revoked since(Instant since, int reason, Evidence evidence) {
            boolean hold = reason == ON_HOLD;
            String message = "expected a certificate in force, found it "
                    + (hold ? "on hold" : "revoked") + " since " + since
                    + (hold || reason == 0 ? "" : " (" + name(reason) + ")")
                    + " by " + evidence.text()
                    + (hold ? "; it may come back" : "; ask the party for its new certificate");
            return new Revoked(message, hold, evidence);
        }

        private static String name(int reason) {
            CRLReason[] reasons = CRLReason.values();
            return reason > 0 && reason < reasons.length ? reasons[reason].name() : "reason " + reason;
        }
    }

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
