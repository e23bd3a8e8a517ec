package no.sertsynk.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Secret;

/** Reads values of a section as types; what cannot be read is a mistake and empty. */
final class Values {
    private static final long MAX_SECRET_BYTES = 4096;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Mistakes mistakes;
    private final Path folder;
    private final Function<String, Optional<String>> environment;

    Values(Mistakes mistakes, Path folder, Function<String, Optional<String>> environment) {
        this.mistakes = mistakes;
        this.folder = folder;
        this.environment = environment;
    }

    private void mistake(Section section, String key, String expected, String found) {
        section.value(key)
                .ifPresent(node ->
                        mistakes.add(node, section.at(key) + ": expected " + expected + ", found '" + found + "'"));
    }

    /** Durations such as 10s, 2m, 24h, 30d, or of ISO 8601. */
    Optional<Duration> duration(Section section, String key) {
        return section.text(key).flatMap(text -> {
            Optional<Duration> read = duration(text);
            if (read.isEmpty()) {
                mistake(section, key, "a duration such as 10s, 2m, 24h or 30d", text);
            }
            return read;
        });
    }

    static Optional<Duration> duration(String text) {
        try {
            if (text.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
                long number = Long.parseLong(text.replaceAll("[a-z]", ""));
                return Optional.of(
                        switch (text.replaceAll("[0-9]", "")) {
                            case "ms" -> Duration.ofMillis(number);
                            case "s" -> Duration.ofSeconds(number);
                            case "m" -> Duration.ofMinutes(number);
                            case "h" -> Duration.ofHours(number);
                            default -> Duration.ofDays(number);
                        });
            }
            return text.startsWith("P")
                    ? Optional.of(Duration.parse(text)).filter(read -> !read.isNegative())
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    Optional<Integer> integer(Section section, String key, int least, int most) {
        return section.text(key).flatMap(text -> {
            if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Optional.of(Integer.valueOf(text));
            }
            mistake(section, key, "a number from " + least + " to " + most, text);
            return Optional.empty();
        });
    }

    Optional<String> oneOf(Section section, String key, List<String> allowed) {
        return section.text(key).flatMap(text -> {
            if (allowed.contains(text)) {
                return Optional.of(text);
            }
            String near = Nearest.of(text, allowed)
                    .map(best -> "' (did you mean " + best + "?)")
                    .orElse("'");
            section.value(key)
                    .ifPresent(node -> mistakes.add(
                            node,
                            section.at(key) + ": expected one of " + String.join(", ", allowed) + ", found '" + text
                                    + near));
            return Optional.empty();
        });
    }

    Optional<URI> uri(Section section, String key, List<String> schemes) {
        return section.text(key)
                .flatMap(text -> uri(text, schemes).or(() -> {
                    mistake(
                            section,
                            key,
                            "an address that begins with " + String.join(":// or ", schemes) + "://",
                            text);
                    return Optional.empty();
                }));
    }

    static Optional<URI> uri(String text, List<String> schemes) {
        try {
            URI uri = new URI(text);
            boolean usable = uri.getHost() != null
                    && uri.getScheme() != null
                    && schemes.contains(uri.getScheme())
                    && uri.getUserInfo() == null
                    && uri.getPort() <= 65_535;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The beginning of a day, in UTC. */
    Optional<Instant> date(Section section, String key) {
        return section.text(key).flatMap(text -> {
            try {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            } catch (DateTimeParseException e) {
                mistake(section, key, "a date such as 2024-12-31", text);
                return Optional.empty();
            }
        });
    }

    /** The SHA-256 of a certificate in lower-case hexadecimal, or a distinguished name. */
    Optional<String> issuer(Section section, String key) {
        return section.text(key).flatMap(text -> {
            try {
                return Optional.of(
                        text.matches("[0-9a-f]{64}") ? text : DistinguishedNames.text(DistinguishedNames.parse(text)));
            } catch (IllegalArgumentException e) {
                mistake(section, key, "the SHA-256 of a certificate, or a name such as \"CN=…,O=…,C=NO\"", text);
                return Optional.empty();
            }
        });
    }

    Optional<Path> path(Section section, String key) {
        return section.text(key)
                .flatMap(text -> expand(section, key, text))
                .map(text -> folder.resolve(text).normalize());
    }

    Path path(String text) {
        return folder.resolve(text).normalize();
    }

    private Optional<String> expand(Section section, String key, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = environment.apply(matcher.group(1));
            if (value.isEmpty()) {
                mistake(section, key, "the environment variable " + matcher.group(1) + " to be set", text);
                return Optional.empty();
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value.get()));
        }
        matcher.appendTail(expanded);
        return Optional.of(expanded.toString());
    }

    /** A secret from {@code KEYFile: PATH} or {@code KEY: ${NAME}}; never written in the file itself. */
    Optional<Secret> secret(Section section, String key) {
        Optional<String> direct = section.text(key);
        Optional<Path> file = path(section, key + "File");
        if (direct.isPresent()) {
            if (!VARIABLE.matcher(direct.get()).matches()) {
                section.value(key)
                        .ifPresent(node -> mistakes.add(
                                node,
                                section.at(key) + ": a secret is not written here; put it in a file and name it with "
                                        + key + "File, or use ${NAME} of the environment"));
                return Optional.empty();
            }
            return expand(section, key, direct.get()).map(value -> new Secret(value.toCharArray()));
        }
        return file.flatMap(path -> secretFile(section, key + "File", path));
    }

    private Optional<Secret> secretFile(Section section, String key, Path path) {
        try {
            if (Files.size(path) > MAX_SECRET_BYTES) {
                mistake(section, key, "a file with one secret", path + "' of " + Files.size(path) + " bytes");
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            char[] characters = StandardCharsets.UTF_8
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .toCharArray();
            Arrays.fill(bytes, (byte) 0);
            int length = characters.length;
            if (length > 0 && characters[length - 1] == '\n') {
                length--;
            }
            if (length > 0 && characters[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                mistake(section, key, "a secret in the file", path + "', which is empty");
                return Optional.empty();
            }
            return Optional.of(new Secret(Arrays.copyOf(characters, length)));
        } catch (IOException e) {
            mistake(section, key, "a readable file", path + "': " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
