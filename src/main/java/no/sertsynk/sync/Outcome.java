package no.sertsynk.sync;

import java.util.Locale;

/** How a party fared in a run, worst first; the worst of its purposes. */
public enum Outcome {
    /** Something local failed, such as a keystore. */
    FAILED,
    /** Answered, bad, and without an accepted current certificate; or the party itself has a reason. */
    REJECTED,
    /** Somebody who had to be asked did not answer. */
    UNDETERMINED,
    UPDATED,
    UNCHANGED;

    /** The spelling in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of the two. */
    public Outcome worse(Outcome other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
