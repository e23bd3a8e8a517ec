package no.sertsynk.directory;

/** A text has no single reading as an LDAP string; the message says what was expected and what was found. */
final class UnreadableString extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 160;

    UnreadableString(String message) {
        super(message);
    }

    /** A library's own words for a message; it repeats what it could not read, however long that is. */
    static String words(Exception failure) {
        return cut(String.valueOf(failure.getMessage()));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Foreign text for a message: quoted, and cut off where it is long. */
    static String quote(String text) {
        return "'" + cut(text) + "'";
    }
}
