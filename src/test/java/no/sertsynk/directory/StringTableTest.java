package no.sertsynk.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.sertsynk.directory.LdapStringReading.Readable;
import no.sertsynk.directory.LdapStringReading.Unreadable;
import no.sertsynk.model.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strings as they are found and as they are made by those who mean ill, with what each means. */
class StringTableTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-F]{4}|.)");

    static Stream<Arguments> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(StringTableTest.class.getResourceAsStream("strings.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t")))
                    .map(columns -> Arguments.of(columns.get(0), columns.get(1), columns.subList(2, columns.size())))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("rows")
    void string_isReadAsTheTableSays(String written, String verdict, List<String> expected) {
        LdapStringReading reading = LdapStringReader.read(text(written));

        assertThat(verdict(reading)).as(reading.toString()).isEqualTo(verdict);
        for (String each : expected) {
            String key = each.substring(0, each.indexOf('='));
            String value = unescaped(each.substring(key.length() + 1));
            switch (reading) {
                case Readable readable
                when key.equals("repair") ->
                    assertThat(readable.repairs())
                            .as(key)
                            .anySatisfy(repair -> assertThat(repair).contains(value));
                case Readable readable ->
                    assertThat(part(readable.string(), key)).as(key).isEqualTo(value);
                case Unreadable unreadable ->
                    assertThat(unreadable.error()).as(key).contains(value);
            }
        }
    }

    private static String verdict(LdapStringReading reading) {
        return switch (reading) {
            case Readable readable -> readable.repairs().isEmpty() ? "accept" : "repair";
            case Unreadable unreadable -> "reject";
        };
    }

    private static String part(LdapString string, String key) {
        return switch (key) {
            case "host" -> string.host();
            case "port" -> Integer.toString(string.port());
            case "base" -> string.baseDn();
            case "attributes" -> String.join(",", string.attributes());
            case "scope" -> string.scope().id();
            case "filter" -> string.filter();
            case "serials" ->
                string.serials().isEmpty()
                        ? "none"
                        : string.serials().stream().map(Object::toString).collect(Collectors.joining(","));
            case "usable" -> {
                List<Reason> refusals =
                        DirectoryPolicy.ofEnvironment(Optional.empty()).refusals(string);
                yield refusals.isEmpty() ? "yes" : refusals.getFirst().code().name();
            }
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** The string that a row of the table writes. */
    static String text(String written) {
        return unescaped(written)
                .replace("{B}", "ldap://ldap.test4.buypass.no/dc=Buypass,dc=no,CN=Buypass%20Class%203%20Test4%20CA%203")
                .replace("{C}", "ldap://ldap.test.commfides.com/ou=Legal-Person-G3,dc=commfides,dc=com")
                .replace("{Q}", "?usercertificate;binary?sub?");
    }

    private static String unescaped(String written) {
        return ESCAPE.matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1).charAt(0)) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '0' -> "\0";
                            case 'u' ->
                                Character.toString(
                                        (char) Integer.parseInt(found.group(1).substring(1), 16));
                            default -> found.group(1);
                        }));
    }
}
