package no.sertsynk.model;

import java.util.Optional;

/** The number that identifies a communication party in Adresseregisteret; always positive. */
public record HerId(int value) implements Comparable<HerId> {
    private static final int MAX_DIGITS = 9;

    public HerId {
        if (value <= 0) {
            throw new IllegalArgumentException("a HER-id is a positive number, found " + value);
        }
    }

    /** Reads decimal digits; empty for anything else. */
    public static Optional<HerId> parse(String text) {
        if (text.length() > MAX_DIGITS || !Digits.only(text) || Integer.parseInt(text) == 0) {
            return Optional.empty();
        }
        return Optional.of(new HerId(Integer.parseInt(text)));
    }

    @Override
    public int compareTo(HerId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
