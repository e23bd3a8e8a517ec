package no.sertsynk.app.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a text together from a constant pattern, by which it can be found again in a catalogue of texts. */
final class Sentence {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    private Sentence() {}

    /** The pattern with its places {@code {0}} to {@code {9}} filled. */
    static String of(String pattern, Object... places) {
        Matcher matcher = PLACE.matcher(pattern);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = String.valueOf(places[Integer.parseInt(matcher.group(1))]);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }
}
