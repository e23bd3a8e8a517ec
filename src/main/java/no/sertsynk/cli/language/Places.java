package no.sertsynk.cli.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A text with places, written {@code {0}} to {@code {9}}; all else, apostrophes and other braces too, stands for itself.
 *
 * @param literals what stands before, between and behind the places: one more than there are places
 * @param numbers the numbers of the places, from left to right
 */
record Places(List<String> literals, List<Integer> numbers) {
    private static final int LENGTH = "{0}".length();

    Places {
        literals = List.copyOf(literals);
        numbers = List.copyOf(numbers);
    }

    static Places of(String text) {
        List<String> literals = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int from = 0;
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            int digit = text.charAt(i + 1) - '0';
            if (text.charAt(i) == '{' && digit >= 0 && digit <= 9 && text.charAt(i + 2) == '}') {
                literals.add(text.substring(from, i));
                numbers.add(digit);
                from = i + LENGTH;
                i = from - 1;
            }
        }
        literals.add(text.substring(from));
        return new Places(literals, numbers);
    }

    /** The text with its places filled. */
    static String fill(String text, Object... values) {
        if (values.length == 0) {
            return text;
        }
        Places places = of(text);
        StringBuilder filled = new StringBuilder(places.literals.getFirst());
        for (int i = 0; i < places.numbers.size(); i++) {
            filled.append(values[places.numbers.get(i)]).append(places.literals.get(i + 1));
        }
        return filled.toString();
    }

    /** How much of a message the text itself says. */
    int weight() {
        return literals.stream().mapToInt(String::length).sum();
    }

    /** What stands in the places of a message that is this text, by their numbers; empty if it is another. */
    Optional<String[]> match(String message) {
        String[] values = new String
                [1 + numbers.stream().mapToInt(Integer::intValue).max().orElse(-1)];
        Arrays.fill(values, "");
        String last = literals.getLast();
        boolean fits = message.startsWith(literals.getFirst())
                && message.endsWith(last)
                && message.length() >= literals.getFirst().length() + last.length()
                && fill(message, literals.getFirst().length(), message.length() - last.length(), 0, values);
        return fits ? Optional.of(values) : Optional.empty();
    }

    /** Fills the places from this one on, the earlier ones as short as the rest allows. */
    private boolean fill(String message, int from, int end, int place, String[] values) {
        if (place == numbers.size()) {
            return from == end;
        }
        if (place == numbers.size() - 1) {
            return isPut(message.substring(from, end), place, values);
        }
        String next = literals.get(place + 1);
        int at = message.indexOf(next, from);
        while (at >= 0 && at + next.length() <= end) {
            if (isPut(message.substring(from, at), place, values)
                    && fill(message, at + next.length(), end, place + 1, values)) {
                return true;
            }
            at = message.indexOf(next, at + 1);
        }
        return false;
    }

    /** Puts a value into a place, if it is the same as where the place stands before. */
    private boolean isPut(String value, int place, String[] values) {
        int number = numbers.get(place);
        if (numbers.indexOf(number) < place) {
            return values[number].equals(value);
        }
        values[number] = value;
        return true;
    }
}
