package no.sertsynk.cli.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.cli.language.PoFile.Entry;

/**
 * Finds the patterns that one message was put together of. Messages stand in places of others, behind file names, before
 * causes and in rows, so several patterns may fit; the reading counts that leaves the least of the message unknown.
 */
final class Wording {
    /** Messages within messages; more only where a server plays with us. */
    private static final int MOST_LEVELS = 16;

    private static final String CAUSE = ": ";

    /** What stands between several things in a row, what parts them most first. */
    private static final List<String> SEPARATORS = List.of("; ", ", ", " or ");

    private final Catalogue catalogue;
    private final Map<String, Reading> known = new HashMap<>();

    Wording(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A message in the other language.
     *
     * @param weight how many characters of the message the program knows as its own
     */
    private record Reading(String text, int weight) {
        static Reading unknown(String message) {
            return new Reading(message, 0);
        }
    }

    String of(String message) {
        return reading(message, MOST_LEVELS).text();
    }

    private Reading reading(String message, int levels) {
        Reading before = known.get(message);
        if (before != null) {
            return before;
        }
        Reading found = levels == 0 ? Reading.unknown(message) : best(message, levels - 1);
        known.put(message, found);
        return found;
    }

    private Reading best(String message, int levels) {
        Optional<Entry> whole = catalogue.part(message);
        if (whole.isPresent()) {
            return new Reading(whole.get().other(), message.length());
        }
        Reading best = parts(message, levels);
        for (Catalogue.Pattern pattern : catalogue.patterns()) {
            Optional<String[]> places = pattern.places().match(message);
            if (places.isPresent()) {
                Reading reading = filled(pattern, places.get(), levels);
                best = reading.weight() > best.weight() ? reading : best;
            }
        }
        return best;
    }

    private Reading filled(Catalogue.Pattern pattern, String[] places, int levels) {
        int weight = pattern.places().weight();
        Object[] other = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            Reading place = reading(places[i], levels);
            other[i] = place.text();
            weight += place.weight();
        }
        return new Reading(Places.fill(pattern.other(), other), weight);
    }

    /** A file or a name may stand before a message, a cause behind it, and several things in a row. */
    private Reading parts(String message, int levels) {
        if (message.startsWith("[") && message.endsWith("]")) {
            Reading inner = reading(message.substring(1, message.length() - 1), levels);
            return new Reading("[" + inner.text() + "]", inner.weight());
        }
        int cause = message.indexOf(CAUSE);
        if (cause >= 0) {
            String rest = message.substring(cause + CAUSE.length());
            return joined(CAUSE, List.of(message.substring(0, cause), rest), levels);
        }
        for (String separator : SEPARATORS) {
            if (message.contains(separator)) {
                return joined(separator, List.of(message.split(separator, -1)), levels);
            }
        }
        return Reading.unknown(message);
    }

    private Reading joined(String separator, List<String> parts, int levels) {
        int weight = 0;
        List<String> other = new ArrayList<>();
        for (String part : parts) {
            Reading reading = reading(part, levels);
            other.add(reading.text());
            weight += reading.weight();
        }
        return new Reading(String.join(catalogue.find(separator).orElse(separator), other), weight);
    }
}
