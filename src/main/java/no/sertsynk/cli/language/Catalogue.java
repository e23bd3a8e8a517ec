package no.sertsynk.cli.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.cli.language.PoFile.Entry;

/** The texts of the program in another language, by what they are in English. Immutable. */
final class Catalogue {
    /** Far beyond what the program says; the time of matching grows with the length. */
    private static final int MOST_CHARACTERS = 4_000;

    private final Map<String, Entry> texts;
    private final List<Pattern> patterns;

    private Catalogue(Map<String, Entry> texts) {
        this.texts = texts;
        this.patterns = texts.values().stream()
                .map(text -> new Pattern(Places.of(text.english()), text.other()))
                .filter(pattern -> !pattern.places().numbers().isEmpty())
                .sorted(Comparator.comparing(
                        pattern -> pattern.places().literals().toString()))
                .toList();
    }

    /** A text with places, and what it is in the other language. */
    record Pattern(Places places, String other) {}

    /** Read when it is first wanted, since most runs want no other language than one. */
    private static final class Norwegian {
        static final Catalogue TEXTS = read("nb.po");
    }

    static Catalogue norwegian() {
        return Norwegian.TEXTS;
    }

    static Catalogue of(List<Entry> entries) {
        Map<String, Entry> texts = new HashMap<>();
        entries.forEach(entry -> texts.putIfAbsent(entry.english(), entry));
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
        return Optional.ofNullable(texts.get(english)).map(Entry::other);
    }

    List<Pattern> patterns() {
        return patterns;
    }

    /** A text that may be part of a message. A word alone may be a name, such as that of a setting, which stays. */
    Optional<Entry> part(String english) {
        return Optional.ofNullable(texts.get(english)).filter(entry -> english.contains(" ") || entry.isPart());
    }

    /** The message in the other language, as far as its patterns are known. */
    String words(String message) {
        return message.length() > MOST_CHARACTERS
                ? message
                : find(message).orElseGet(() -> new Wording(this).of(message));
    }
}
