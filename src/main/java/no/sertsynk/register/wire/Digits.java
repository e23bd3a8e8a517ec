package no.sertsynk.register.wire;

/** Numbers at fixed places, read by hand: the JDK's date formatters cost a cold process more than all our calls. */
public final class Digits {
    private static final int NONE = Integer.MIN_VALUE;

    private Digits() {}

    /** The number of exactly that many digits there, or one that no part of a date can have. */
    public static int read(String text, int from, int count) {
        if (from + count > text.length()) {
            return NONE;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
