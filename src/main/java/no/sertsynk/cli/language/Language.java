package no.sertsynk.cli.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language that people are spoken to in. English is what the sources are written in, and the key to the others. */
public enum Language {
    ENGLISH("en"),
    /** Norwegian, bokmål. */
    NORWEGIAN("nb");

    private final String id;

    Language(String id) {
        this.id = id;
    }

    /** As {@code --lang} has it. */
    public String id() {
        return id;
    }

    public static Optional<Language> parse(String id) {
        return Arrays.stream(values())
                .filter(language -> language.id.equals(id))
                .findFirst();
    }

    /** That of a locale of the environment such as {@code nb_NO.UTF-8}; English for each that is not Norwegian. */
    public static Language ofLocale(String locale) {
        String lower = locale.toLowerCase(Locale.ROOT);
        boolean norwegian =
                lower.startsWith("nb") || lower.startsWith("nn") || lower.startsWith("no_") || lower.equals("no");
        return norwegian ? NORWEGIAN : ENGLISH;
    }

    /**
     * A text of the program.
     *
     * @param english the text, a constant, with {@code {0}} to {@code {9}} for the places
     */
    public String say(String english, Object... places) {
        String pattern = switch (this) {
            case ENGLISH -> english;
            case NORWEGIAN -> Catalogue.norwegian().find(english).orElse(english);
        };
        return Places.fill(pattern, places);
    }

    /**
     * A message that was put together where no language is known: a reason, a mistake, why something failed. Its text is
     * found again by its pattern; what no pattern fits, such as a server's own words, stays as it is.
     */
    public String words(String message) {
        return switch (this) {
            case ENGLISH -> message;
            case NORWEGIAN -> Catalogue.norwegian().words(message);
        };
    }
}
