package no.sertsynk.service.log;

import no.sertsynk.model.Escape;

/** Text of any source made fit for one line of bounded length: nothing in it begins another, or changes a terminal. */
final class LogText {
    private static final int MAX_LENGTH = 8 * 1024;

    private LogText() {}

    static String escaped(String text) {
        return text.length() <= MAX_LENGTH
                ? Escape.text(text)
                : Escape.text(text.substring(0, MAX_LENGTH)) + "… (" + text.length() + " characters)";
    }
}
