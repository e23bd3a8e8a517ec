package no.sertsynk.model;

import java.util.Locale;

/** The three answers of validation. Unknown is neither good nor bad. */
public enum Verdict {
    /** All checks passed. */
    ACCEPTED,
    /** A check failed. */
    REJECTED,
    /** Somebody who had to be asked did not answer. */
    UNDETERMINED;

    /** The spelling in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
