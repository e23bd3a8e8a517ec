package no.sertsynk.rollover;

import java.util.Locale;

/** What a run does with a certificate of a party and purpose. */
public enum Action {
    /** It enters at least one keystore. */
    ADD,
    /** It is installed already and becomes current. */
    PROMOTE,
    KEEP,
    /** It is not yet valid; a later run installs it. */
    WAIT,
    /** It stays in the file and gets an end date. */
    RETIRE,
    /** It leaves the file. */
    REMOVE,
    /** It was offered and is not installed. */
    REJECT;

    /** The spelling in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
