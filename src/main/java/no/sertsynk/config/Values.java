package no.sertsynk.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Secret;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads values of a section as types; what cannot be read is a mistake and empty. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");
    private static final int DAY_LENGTH = "2027-03-01".length();
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Path folder;
    private final Variables variables;

    /** @param folder what paths are relative to */
    Values(Path folder, Variables variables) {
        this.folder = folder;
        this.variables = variables;
    }

    /** The text with variables of the environment replaced. */
    Optional<String> text(Section section, String key) {
        return section.text(key).flatMap(text -> variables.expand(section, key, text));
    }

    /** The same of one item of the key's list. */
    Optional<String> text(Section section, String key, ScalarNode item) {
        return variables.expand(section, key, item.getValue());
    }

    /** Durations such as 10s, 2m, 24h, 30d, or of ISO 8601; of a hundred years at most. */
    Optional<Duration> duration(Section section, String key) {
        return section.text(key).flatMap(text -> {
            Optional<Duration> read = duration(text).filter(found -> found.compareTo(LONGEST) <= 0);
            if (read.isEmpty()) {
                mistake(section, key, "a duration such as 10s, 2m, 24h or 30d", text);
            }
            return read;
        });
    }

    /** How long to wait for an answer: more than nothing, since zero means for ever in many libraries. */
    Optional<Duration> timeout(Section section, String key) {
        return duration(section, key).filter(read -> {
            boolean usable = read.isPositive() && read.compareTo(LONGEST_WAIT) <= 0;
            if (!usable) {
                mistake(
                        section,
                        key,
                        "a time limit from 1ms to 10m",
                        section.text(key).orElse(""));
            }
            return usable;
        });
    }

    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        try {
            return text.startsWith("P")
                    ? Optional.of(Duration.parse(text)).filter(read -> !read.isNegative())
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            // Told by the caller, with its place.
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

    /** The number of a percentage such as 50%. */
    Optional<Integer> percent(Section section, String key) {
        return section.text(key).flatMap(text -> {
            Matcher matcher = PERCENT.matcher(text);
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= 100) {
                return Optional.of(Integer.valueOf(matcher.group(1)));
            }
            mistake(section, key, "0% to 100%", text);
            return Optional.empty();
        });
    }

    /** One of the words that are allowed there. */
    Optional<String> oneOf(Section section, String key) {
        List<String> allowed = section.key(key).choices();
        return section.text(key).filter(text -> {
            if (!allowed.contains(text)) {
                String near = Nearest.of(text, allowed)
                        .map(best -> " (did you mean " + best + "?)")
                        .orElse("");
                section.mistake(key, "expected one of " + String.join(", ", allowed) + ", found '" + text + "'" + near);
            }
            return allowed.contains(text);
        });
    }

    Optional<URI> uri(Section section, String key, List<String> schemes) {
        return text(section, key).flatMap(text -> {
            Optional<URI> read = uri(text, schemes);
            if (read.isEmpty()) {
                mistake(section, key, "an address that begins with " + String.join(":// or ", schemes) + "://", text);
            }
            return read;
        });
    }

    /** An address that a password or token is sent to: without TLS on loopback alone. */
    Optional<URI> secretUri(Section section, String key) {
        return uri(section, key, List.of("https", "http")).filter(uri -> {
            boolean safe = !"http".equals(uri.getScheme()) || Hosts.isLoopback(uri.getHost());
            if (!safe) {
                mistake(section, key, "https, since a secret is sent there", uri.toString());
            }
            return safe;
        });
    }

    /** Reads an absolute address of one of the schemes, without user information. */
    static Optional<URI> uri(String text, List<String> schemes) {
        try {
            URI uri = new URI(text);
            boolean usable = uri.getHost() != null
                    && uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getUserInfo() == null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            // Told by the caller, with its place.
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

    /** A point in time: an instant of RFC 3339, or a day, which begins at midnight in Norway. */
    Optional<Instant> moment(Section section, String key) {
        return section.text(key).flatMap(text -> {
            try {
                return Optional.of(
                        text.length() > DAY_LENGTH
                                ? OffsetDateTime.parse(text).toInstant()
                                : LocalDate.parse(text).atStartOfDay(NORWAY).toInstant());
            } catch (DateTimeParseException e) {
                mistake(
                        section,
                        key,
                        "a day such as 2027-03-01, which begins at midnight in Norway, or an instant such as"
                                + " 2027-03-01T08:00:00+01:00",
                        text);
                return Optional.empty();
            }
        });
    }

    /** A name that can be that of a folder and an argument of commands. */
    static Optional<String> name(Section section, String key) {
        return section.text(key).filter(name -> {
            boolean usable = name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
            if (!usable) {
                section.mistake(
                        key,
                        "expected at most 64 letters, digits, '.', '_' and '-', beginning with a letter or digit,"
                                + " found '"
                                + name + "'");
            }
            return usable;
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
        return text(section, key).flatMap(text -> path(section, key, text));
    }

    List<Path> paths(Section section, String key) {
        return section.texts(key).stream()
                .flatMap(text -> variables.expand(section, key, text).stream())
                .flatMap(text -> path(section, key, text).stream())
                .toList();
    }

    /** The path that one item of the key's list is. */
    Optional<Path> path(Section section, String key, ScalarNode item) {
        return variables.expand(section, key, item.getValue()).flatMap(text -> path(section, key, text));
    }

    private Optional<Path> path(Section section, String key, String text) {
        try {
            if (!text.isBlank()) {
                return Optional.of(folder.resolve(text).normalize());
            }
        } catch (InvalidPathException e) {
            // Told below, as an empty path is.
        }
        mistake(section, key, "a path", text);
        return Optional.empty();
    }

    /** A secret from {@code KEYFile: PATH} or {@code KEY: ${NAME}}. */
    Optional<Secret> secret(Section section, String key) {
        return new Secrets(this).read(section, key);
    }

    private static void mistake(Section section, String key, String expected, String found) {
        section.mistake(key, "expected " + expected + ", found '" + found + "'");
    }
}
