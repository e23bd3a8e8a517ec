package no.sertsynk.app.doctor;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of texts: those that are known, and what looks like one. */
final class Redaction {
    private static final String MASK = "(masked)";
    /** Shorter ones would take words of every text away; no system takes such a secret. */
    private static final int SHORTEST = 4;

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(?i)\\b(bearer|basic|dpop)([ :=]+)[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9._-]+");
    private static final Pattern USER = Pattern.compile("//[^/@\\s\"']+@");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b(password|passord|passphrase|secret|token|pin)(\"?\\s*[=:]\\s*\"?)(?!\\(masked\\)|a secret"
                    + " is|expected )[^\\s\",;]+");

    private final List<String> secrets;

    /** @param secrets that are known */
    Redaction(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                // One that is part of another must not leave the rest of it.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String of(String text) {
        String clean = PRIVATE_KEY.matcher(text).replaceAll(MASK);
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        clean = HEADER.matcher(clean).replaceAll("$1$2" + MASK);
        clean = TOKEN.matcher(clean).replaceAll(MASK);
        clean = USER.matcher(clean).replaceAll("//" + MASK + "@");
        return NAMED.matcher(clean).replaceAll("$1$2" + MASK);
    }
}
