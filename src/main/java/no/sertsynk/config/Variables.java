package no.sertsynk.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} by the environment's variable of that name. */
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    /** Set by systemd for a unit with {@code LoadCredential=} (systemd.exec(5)). */
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private final Function<String, Optional<String>> environment;

    Variables(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Whether the text is one variable and nothing else. */
    static boolean isOne(String text) {
        return VARIABLE.matcher(text).matches();
    }

    /** The key's text with its variables replaced; one that is not set is a mistake. */
    Optional<String> expand(Section section, String key, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            Optional<String> value = environment.apply(name).filter(set -> !set.isEmpty());
            if (value.isEmpty()) {
                section.mistake(
                        key,
                        "expected the environment variable " + name + " to be set, found that it is not"
                                + (name.equals(CREDENTIALS) ? "; systemd sets it with LoadCredential=" : ""));
                return Optional.empty();
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(expanded).toString());
    }
}
