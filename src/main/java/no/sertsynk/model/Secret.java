package no.sertsynk.model;

import java.util.Arrays;

/**
 * A password or token. Shows itself nowhere: {@link #toString()} says only that it is one. Ask for the characters by
 * name, so that every use can be found.
 */
public final class Secret {
    private final char[] characters;

    public Secret(char[] characters) {
        this.characters = characters.clone();
    }

    /** A copy of the characters; the caller may overwrite it after use. */
    public char[] reveal() {
        return characters.clone();
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
