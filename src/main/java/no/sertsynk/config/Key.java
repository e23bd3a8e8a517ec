package no.sertsynk.config;

import java.util.List;

/**
 * One key of a file: what may stand there and what it means. The readers refuse what is not described so, and the manual
 * is made of it.
 *
 * @param type what stands there, in words
 * @param absent what holds where the key is absent
 * @param choices the words that are allowed, or allowed in a list; empty if any value of the type is
 * @param description one sentence
 * @param keys those below it; none for a value
 */
public record Key(
        String name, Form form, String type, Absent absent, List<String> choices, String description, Keys keys) {
    /** The type of a secret, which stands in the environment. */
    static final String VARIABLE = "variable such as ${NAME}";

    /** What a key holds. */
    public enum Form {
        VALUE,
        LIST,
        /** Keys of their own. */
        SECTION,
        /** A list whose items have keys of their own. */
        SECTIONS,
        /** Values by keys that the user chooses. */
        MAP
    }

    /** What holds where a key is absent. */
    public sealed interface Absent {
        /** It must be there. */
        record Required() implements Absent {}

        /** The same as if this stood there. */
        record Default(String value) implements Absent {}

        /** Something that no value says. */
        record Otherwise(String words) implements Absent {}

        /** Nothing follows from it. */
        record Nothing() implements Absent {}
    }

    public Key {
        choices = List.copyOf(choices);
        if (!name.matches("[a-z][A-Za-z]*")) {
            throw new IllegalArgumentException("expected a key in letters, found '" + name + "'");
        }
        if (!description.endsWith(".") || description.contains("\n")) {
            throw new IllegalArgumentException(name + ": expected one sentence, found '" + description + "'");
        }
    }

    /** Whether what stands there must not be shown, unless it is the name of a variable. */
    boolean isSecret() {
        return type.equals(VARIABLE);
    }

    static Key value(String name, String type, String description) {
        return new Key(name, Form.VALUE, type, new Absent.Nothing(), List.of(), description, Keys.NONE);
    }

    static Key list(String name, String type, String description) {
        return new Key(name, Form.LIST, type, new Absent.Nothing(), List.of(), description, Keys.NONE);
    }

    static Key map(String name, String type, String description) {
        return new Key(name, Form.MAP, type, new Absent.Nothing(), List.of(), description, Keys.NONE);
    }

    static Key section(String name, String description, Key... keys) {
        return new Key(name, Form.SECTION, "keys", new Absent.Nothing(), List.of(), description, Keys.of(keys));
    }

    static Key sections(String name, String description, Key... keys) {
        return new Key(
                name, Form.SECTIONS, "list of keys", new Absent.Nothing(), List.of(), description, Keys.of(keys));
    }

    /** The key of those words. */
    Key oneOf(String... words) {
        return new Key(name, form, type, absent, List.of(words), description, keys);
    }

    Key required() {
        return with(new Absent.Required());
    }

    /** @param value as it would stand in the file */
    Key byDefault(String value) {
        return with(new Absent.Default(value));
    }

    Key otherwise(String words) {
        return with(new Absent.Otherwise(words));
    }

    Key typed(String words) {
        return new Key(name, form, words, absent, choices, description, keys);
    }

    private Key with(Absent other) {
        return new Key(name, form, type, other, choices, description, keys);
    }
}
