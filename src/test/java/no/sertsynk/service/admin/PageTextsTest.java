package no.sertsynk.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.sync.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The words of the page in both languages, against where they are used. */
class PageTextsTest {
    private static final Pattern PLAIN = Pattern.compile("\\bt\\('([^']+)'|data-t(?:-label)?=\"([^\"]+)\"");
    private static final Pattern COUNTED = Pattern.compile("\\bn\\('([^']+)'");
    private static final Pattern BUILT = Pattern.compile("\\bt\\(`([^`]+)`");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    private static String file(String path) {
        return new String(StaticFiles.get(path).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(String language) {
        Map<String, String> texts = new TreeMap<>();
        try (JsonParser parser =
                new JsonFactory().createParser(ObjectReadContext.empty(), file("/page/" + language + ".json"))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                assertThat(parser.nextToken()).as(key).isEqualTo(JsonToken.VALUE_STRING);
                assertThat(texts.put(key, parser.getString()))
                        .as(key + " stands twice")
                        .isNull();
            }
        }
        return texts;
    }

    /** All that is served and may name a text. */
    private static String sources() {
        StringBuilder all = new StringBuilder(file("/"));
        StaticFiles.paths().stream().filter(path -> path.endsWith(".js")).forEach(path -> all.append(file(path)));
        return all.toString();
    }

    private static Set<String> named() {
        Set<String> keys = new TreeSet<>();
        String sources = sources();
        Matcher plain = PLAIN.matcher(sources);
        while (plain.find()) {
            keys.add(plain.group(1) == null ? plain.group(2) : plain.group(1));
        }
        Matcher counted = COUNTED.matcher(sources);
        while (counted.find()) {
            keys.add(counted.group(1) + ".one");
            keys.add(counted.group(1) + ".other");
        }
        return keys;
    }

    /** What a key may be that is put together, such as {@code reason.${code}.what}. */
    private static Predicate<String> built() {
        // But for the function itself, which puts any key together.
        List<Pattern> patterns = BUILT.matcher(sources().replace(file("/page/texts.js"), ""))
                .results()
                .map(found -> Pattern.compile(Arrays.stream(found.group(1).split("\\$\\{[^}]+}", -1))
                        .map(Pattern::quote)
                        .reduce((one, other) -> one + "[\\w-]+" + other)
                        .orElseThrow()))
                .toList();
        return key -> patterns.stream().anyMatch(pattern -> pattern.matcher(key).matches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb"})
    void everyTextThatIsNamed_isThere(String language) {
        assertThat(texts(language).keySet()).containsAll(named());
    }

    @Test
    void everyTextThatIsThere_isNamed() {
        Set<String> unused = new TreeSet<>(texts("en").keySet());
        unused.removeAll(named());
        unused.removeIf(built());

        assertThat(unused).isEmpty();
    }

    @Test
    void languages_haveTheSameTextsWithTheSamePlaces() {
        Map<String, String> english = texts("en");
        Map<String, String> norwegian = texts("nb");

        assertThat(norwegian.keySet()).isEqualTo(english.keySet());
        assertThat(english).allSatisfy((key, text) -> {
            String translated = norwegian.getOrDefault(key, "");
            assertThat(places(translated)).as(key).isEqualTo(places(text));
            assertThat(text).as(key).isNotBlank();
            assertThat(translated).as(key).isNotBlank();
        });
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher found = PLACE.matcher(text);
        while (found.find()) {
            places.add(found.group());
        }
        return places;
    }

    @Test
    void everythingTheServiceTells_hasWords() {
        Set<String> keys = texts("en").keySet();
        for (ReasonCode code : ReasonCode.values()) {
            assertThat(keys).contains("reason." + code + ".what", "reason." + code + ".do");
        }
        assertThat(keys)
                .containsAll(named("outcome.", Arrays.stream(Outcome.values()).map(Outcome::id)));
        assertThat(keys)
                .containsAll(named("purpose.", Arrays.stream(Purpose.values()).map(Purpose::id)));
        // What waits or is rejected leaves no line of history.
        assertThat(keys)
                .containsAll(named(
                        "action.",
                        Arrays.stream(Action.values())
                                .filter(action -> action != Action.WAIT && action != Action.REJECT)
                                .map(Action::id)));
        assertThat(keys).containsAll(named("event.", Stream.of("becomes-current", "becomes-valid", "leaves", "ends")));
    }

    private static List<String> named(String prefix, Stream<String> names) {
        return names.map(name -> prefix + name).toList();
    }
}
