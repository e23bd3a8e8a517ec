package no.sertsynk.rollover;

/** What the register's strings say of a certificate at the time of the decision. */
enum Naming {
    /** A string in force names it. */
    NOW,
    /** A string names it that was announced and whose time has come. */
    TAKEN_EFFECT,
    /** A string names it that takes effect later. */
    ANNOUNCED,
    /** A string names its serial number, but the directory lacks the entry. */
    MISSING,
    /** No string names it, as far as was answered. */
    NOT;

    /** Whether it is one of the party's certificates now. */
    boolean isCandidate() {
        return this == NOW || this == TAKEN_EFFECT;
    }
}
