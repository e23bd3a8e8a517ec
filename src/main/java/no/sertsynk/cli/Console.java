package no.sertsynk.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param colour whether escape sequences may be used on {@code out}
 * @param progress whether {@code err} is a terminal that a line of progress may be written on
 * @param norwegian whether people are spoken to in Norwegian (bokmål)
 * @param verbosity 1 to tell more, 0 as usual, -1 to tell problems only
 */
record Console(PrintStream out, PrintStream err, boolean colour, boolean progress, boolean norwegian, int verbosity) {

    /** One of two texts, by language. */
    String say(String english, String norwegianText) {
        return norwegian ? norwegianText : english;
    }

    /** Whether problems alone are to be told. */
    boolean isQuiet() {
        return verbosity < 0;
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Whether the environment asks for Norwegian. */
    static boolean isNorwegian(String locale) {
        String lower = locale.toLowerCase(Locale.ROOT);
        return lower.startsWith("nb") || lower.startsWith("nn") || lower.startsWith("no_") || lower.equals("no");
    }
}
