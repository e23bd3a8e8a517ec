package no.sertsynk.rollover;

/** What becomes of a certificate whose organisation number does not fit its party. */
public enum OrganizationMode {
    /** Rejected. */
    REQUIRE,
    /** The first certificate ever installed decides; others are rejected. */
    REMEMBER,
    /** Accepted with a warning. */
    REPORT
}
