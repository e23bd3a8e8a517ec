package no.sertsynk.cli.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.cli.language.PoFile.Entry;

/** The texts of the program in another language, by what they are in English. Immutable. */
final class Catalogue {
    /** Messages within messages; more only where a server plays with us. */
    private static final int MOST_LEVELS = 8;

    private static final String SEPARATOR = ": ";

    private final Map<String, String> texts;
    private final List<Pattern> patterns;

    private Catalogue(Map<String, String> texts) {
        this.texts = texts;
        this.patterns = texts.entrySet().stream()
                .map(text -> new Pattern(Places.of(text.getKey()), text.getValue()))
                .filter(pattern -> !pattern.places().numbers().isEmpty())
                .sorted((a, b) ->
                        Integer.compare(b.places().weight(), a.places().weight()))
                .toList();
    }

    private record Pattern(Places places, String other) {}

    /** Read when it is first wanted, since most runs want no other language than one. */
    private static final class Norwegian {
        static final Catalogue TEXTS = read("nb.po");
    }

    static Catalogue norwegian() {
        return Norwegian.TEXTS;
    }

    static Catalogue of(List<Entry> entries) {
        Map<String, String> texts = new HashMap<>();
        entries.forEach(entry -> texts.putIfAbsent(entry.english(), entry.other()));
        return new Catalogue(Map.copyOf(texts));
    }

    private static Catalogue read(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("expected the texts " + name + " in the program, found none");
            }
            return of(PoFile.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> find(String english) {
        return Optional.ofNullable(texts.get(english));
    }

    /** The message in the other language, as far as its patterns are known. */
    String words(String message) {
        return words(message, MOST_LEVELS);
    }

    private String words(String message, int levels) {
        String whole = texts.get(message);
        if (whole != null || levels == 0) {
            return whole == null ? message : whole;
        }
        for (Pattern pattern : patterns) {
            Optional<String[]> found = pattern.places().match(message);
            if (found.isPresent()) {
                Object[] places = new Object[found.get().length];
                for (int i = 0; i < places.length; i++) {
                    places[i] = words(found.get()[i], levels - 1);
                }
                return Places.fill(pattern.other(), places);
            }
        }
        return parts(message, levels);
    }

    /** A file or a name may stand before a message, and a cause behind it. */
    private String parts(String message, int levels) {
        List<String> parts = new ArrayList<>();
        int at = message.indexOf(SEPARATOR);
        if (at < 0) {
            return message;
        }
        parts.add(words(message.substring(0, at), levels - 1));
        parts.add(words(message.substring(at + SEPARATOR.length()), levels - 1));
        return String.join(SEPARATOR, parts);
    }
}
