package no.sertsynk.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    static Optional<String> of(String word, Collection<String> words) {
        String best = "";
        int distance = FARTHEST + 1;
        for (String candidate : words) {
            int found = distance(word, candidate);
            if (found < distance || (found == distance && candidate.compareTo(best) < 0)) {
                best = candidate;
                distance = found;
            }
        }
        return distance <= FARTHEST && !best.isEmpty() ? Optional.of(best) : Optional.empty();
    }

    /** The edit distance of Levenshtein, with case folded. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
