package no.sertsynk.model;

import java.util.Locale;
import java.util.Optional;

/** What a party's certificate is used for; one certificate can serve several. */
public enum Purpose {
    ENCRYPTION,
    SIGNATURE,
    AUTHENTICATION;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The spelling in configuration, JSON and aliases. */
    public String id() {
        return id;
    }

    /** The purpose of that spelling; empty if there is none. */
    public static Optional<Purpose> parse(String id) {
        for (Purpose purpose : values()) {
            if (purpose.id.equals(id)) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return id;
    }
}
