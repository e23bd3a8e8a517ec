package no.sertsynk.rollover;

import java.util.Locale;

/** What a certificate is to a party and purpose after the decision. */
public enum Role {
    /** The one that clients should use now. */
    CURRENT,
    /** Kept beside the current one during a rollover. */
    PARALLEL,
    /** Known, not yet valid: remembered, not installed. */
    NEXT,
    /** Not to be installed. */
    NONE;

    /** The spelling in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
