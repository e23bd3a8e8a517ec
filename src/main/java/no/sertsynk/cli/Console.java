package no.sertsynk.cli;

import java.io.PrintStream;
import no.sertsynk.cli.language.Language;
import no.sertsynk.model.Escape;
import no.sertsynk.model.Reason;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param colour whether escape sequences may be used on {@code out}
 * @param progress whether {@code err} is a terminal that a line of progress may be written on
 * @param language the one that people are spoken to in
 * @param verbosity 1 to tell more, 0 as usual, -1 to tell problems only
 */
record Console(PrintStream out, PrintStream err, boolean colour, boolean progress, Language language, int verbosity) {

    /** A text of the program, a constant, with {@code {0}} and so on for the places, which are escaped already. */
    String say(String english, Object... places) {
        return language.say(english, places);
    }

    /** A message from elsewhere in the language of the people, escaped. */
    String words(String message) {
        return Escape.text(language.words(message));
    }

    /** A reason with its code, escaped. */
    String reason(Reason reason) {
        return reason.code() + ": " + words(reason.message());
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
}
