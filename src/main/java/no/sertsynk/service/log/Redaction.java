package no.sertsynk.service.log;

import java.util.Comparator;
import java.util.List;

/**
 * The second line of defence: nothing of ours logs a secret, and should a library ever tell one, it is not seen. Secrets of
 * fewer than eight characters are left alone: they would be found everywhere, and the gaps would tell them.
 */
final class Redaction {
    private static final int SHORTEST = 8;
    private static final String IN_ITS_PLACE = "(secret)";

    private final List<String> secrets;

    Redaction(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String apply(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, IN_ITS_PLACE);
        }
        return shown;
    }
}
