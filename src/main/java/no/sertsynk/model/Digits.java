package no.sertsynk.model;

/** Tells digits without regular expressions, which cost a cold process more than all they would check. */
final class Digits {
    private Digits() {}

    /** Whether the text is one or more of 0 to 9. */
    static boolean only(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the text has no character but 0 to 9 and a to f. */
    static boolean onlyLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
