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
    /** Messages within messages; more only where a server plays with us. */
    private static final int MOST_LEVELS = 8;

    /** Far beyond what the program says; the time of matching grows with the length. */
    private static final int MOST_CHARACTERS = 4_000;

    /** What messages are put together with, what parts them most first. */
    private static final List<String> SEPARATORS = List.of(": ", "; ", ", ");

    private final Map<String, Entry> texts;
    private final List<Pattern> patterns;

    private Catalogue(Map<String, Entry> texts) {
        this.texts = texts;
        this.patterns = texts.values().stream()
                .map(text -> new Pattern(Places.of(text.english()), text.other()))
                .filter(pattern -> !pattern.places().numbers().isEmpty())
                .sorted(Comparator.comparingInt(
                                (Pattern pattern) -> pattern.places().weight())
                        .reversed())
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

    /** The message in the other language, as far as its patterns are known. */
    String words(String message) {
        return message.length() > MOST_CHARACTERS
                ? message
                : find(message).orElseGet(() -> within(message, MOST_LEVELS));
    }

    /** A message, or a part of one. A word alone may be a name, such as that of a setting, which stays. */
    private String within(String message, int levels) {
        Entry whole = texts.get(message);
        if (whole != null && (message.contains(" ") || whole.isPart())) {
            return whole.other();
        }
        if (message.isEmpty() || levels == 0) {
            return message;
        }
        for (Pattern pattern : patterns) {
            Optional<String[]> found = pattern.places().match(message);
            if (found.isPresent()) {
                return Places.fill(pattern.other(), (Object[]) all(found.get(), levels));
            }
        }
        return parts(message, levels);
    }

    private String[] all(String[] parts, int levels) {
        String[] other = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            other[i] = within(parts[i], levels - 1);
        }
        return other;
    }

    /** A file or a name may stand before a message, a cause behind it, and several may stand in a row. */
    private String parts(String message, int levels) {
        if (message.startsWith("[") && message.endsWith("]")) {
            return "[" + within(message.substring(1, message.length() - 1), levels - 1) + "]";
        }
        for (String separator : SEPARATORS) {
            if (message.contains(separator)) {
                return String.join(separator, all(message.split(separator, -1), levels));
            }
        }
        return message;
    }
}
