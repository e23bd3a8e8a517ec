package no.sertsynk.directory;

/** A text has no single reading as an LDAP string; the message says what was expected and what was found. */
final class UnreadableString extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 120;

    UnreadableString(String message) {
        super(message);
    }

    /** Foreign text for a message: quoted, and cut off where it is long. */
    static String quote(String text) {
        return text.length() <= SHOWN ? "'" + text + "'" : "'" + text.substring(0, SHOWN) + "…'";
    }
}
