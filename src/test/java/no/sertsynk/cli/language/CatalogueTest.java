package no.sertsynk.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.sertsynk.cli.HelpSpeech;
import no.sertsynk.cli.language.PoFile.Entry;
import no.sertsynk.cli.language.SourceTexts.Text;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.Outcome;
import no.sertsynk.validation.trust.PinnedAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the bokmål texts with those that the sources hold. */
class CatalogueTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** Where nothing is for people: servers for tests, figures, protocols, the manual, this package. */
    private static final Pattern OTHER_PACKAGES =
            Pattern.compile("no/sertsynk/((sandbox|service/observe|service/systemd|cli/language|cli/manual)/.*"
                    + "|service/admin/(Messages|Query)\\.java|config/(ConfigurationKeys|Key|SecretFiles)\\.java"
                    + "|service/tls/CipherNames\\.java)");

    /** Failures that are mistakes of the program, and logs, which stay English. */
    private static final Pattern INTERNAL = Pattern.compile(
            "IllegalStateException|IllegalArgumentException|AssertionError|@SuppressWarnings|LOG\\..*|Log\\.[A-Z]+\\..*"
                    + "|Objects\\.requireNonNull|@Command|@Option|@Parameters");

    /** They check what a configuration holds, and their failures are told as its mistakes. */
    private static final Pattern CHECKING_SETTINGS =
            Pattern.compile("no/sertsynk/register/soap/(Endpoint|Credentials|SoapSettings)\\.java");

    /** SQL, HTML and styles. */
    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*((SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|ALTER|DROP|WITH|FROM|BEGIN|COMMIT)\\b|<[a-z!/]|body\\{).*",
            Pattern.DOTALL);

    /** Names of options and settings before what is wrong with them. */
    private static final Pattern NAMES = Pattern.compile("--[a-z-]+|\\w+(\\.\\w+)+");

    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

    private static List<Text> texts = List.of();
    private static List<Entry> entries = List.of();
    private static Set<String> exempt = Set.of();

    @BeforeAll
    static void read() throws IOException {
        texts = SourceTexts.of(SOURCES);
        entries = PoFile.read(resource("nb.po"));
        exempt = resource("not-for-people.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("##"))
                .map(line -> line.replace("\\n", "\n").replace("\\r", "\r"))
                .collect(Collectors.toSet());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CatalogueTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> translated() {
        return entries.stream().map(Entry::english).collect(Collectors.toSet());
    }

    /** Whether a text is a sentence, or part of one, that people may come to read. */
    private static boolean isForPeople(Text text) {
        String file = text.file().toString();
        String said = NAMES.matcher(text.pattern()).replaceAll("");
        boolean isSentence = WORD.matcher(said).results().limit(2).count() == 2
                && said.strip().contains(" ");
        boolean isInternal = !CHECKING_SETTINGS.matcher(file).matches()
                && text.used().stream().anyMatch(name -> INTERNAL.matcher(name).matches());
        return isSentence
                && !isInternal
                && !OTHER_PACKAGES.matcher(file).matches()
                && !STATEMENT.matcher(text.pattern()).matches()
                && !exempt.contains(text.pattern());
    }

    private static boolean isSaid(Text text) {
        return text.used().stream().limit(1).anyMatch(name -> name.equals("say") || name.endsWith(".say"));
    }

    /** Words that come from enumerations and are shown by their names. */
    private static Stream<String> words() {
        return Stream.of(
                        Arrays.stream(Purpose.values()).map(Purpose::id),
                        Arrays.stream(Verdict.values()).map(Verdict::id),
                        Arrays.stream(Action.values()).map(Action::id),
                        Arrays.stream(Role.values()).map(Role::id),
                        Arrays.stream(Outcome.values()).map(Outcome::id),
                        Arrays.stream(PinnedAuthority.Role.values()).map(PinnedAuthority.Role::id))
                .flatMap(ids -> ids);
    }

    @Test
    void everyTextForPeople_isInBokmaal() {
        Set<String> known = translated();

        List<String> missing = texts.stream()
                .filter(text -> isSaid(text) || isForPeople(text))
                .filter(text -> !text.pattern().isBlank() && !known.contains(text.pattern()))
                .map(text -> "# " + text.file() + ":" + text.line() + "\nmsgid \"" + quoted(text.pattern())
                        + "\"\nmsgstr \"\"\n")
                .distinct()
                .toList();

        assertThat(missing)
                .as("to be put into nb.po, or into not-for-people.txt if only programs read them")
                .isEmpty();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Test
    void everyWordOfAnEnumeration_isInBokmaal() {
        assertThat(translated()).containsAll(words().toList());
    }

    @Test
    void everyHelpText_isInBokmaal() {
        assertThat(HelpSpeech.english().filter(text -> !translated().contains(text)))
                .isEmpty();
    }

    @Test
    void everyEntry_standsInTheProgram() throws IOException {
        Set<String> all = texts.stream().map(Text::pattern).collect(Collectors.toCollection(HashSet::new));
        words().forEach(all::add);
        HelpSpeech.english().forEach(all::add);
        resource("from-libraries.txt").lines().forEach(all::add);

        assertThat(entries.stream().map(Entry::english).filter(english -> !all.contains(english)))
                .as("in nb.po, but in no source any more")
                .isEmpty();
    }

    @Test
    void everyExemption_isStillNeeded() {
        Set<String> all = texts.stream().map(Text::pattern).collect(Collectors.toSet());

        assertThat(exempt.stream().filter(text -> !all.contains(text))).isEmpty();
    }

    @Test
    void entries_haveTheSamePlacesInBothLanguagesAndStandOnce() {
        assertThat(entries).allSatisfy(entry -> {
            assertThat(new TreeSet<>(Places.of(entry.other()).numbers()))
                    .as(entry.english())
                    .isEqualTo(new TreeSet<>(Places.of(entry.english()).numbers()));
            assertThat(entry.other()).as(entry.english()).isNotBlank();
        });
        assertThat(entries.stream().map(Entry::english)).doesNotHaveDuplicates();
    }

    @Test
    void everyMessage_isFoundAgainByItsPattern() {
        assertThat(entries).allSatisfy(entry -> {
            Object[] values = {"<a>", "<b>", "<c>", "<d>", "<e>", "<f>", "<g>", "<h>", "<i>", "<j>"};

            String message = Places.fill(entry.english(), values);

            assertThat(Language.NORWEGIAN.words(message)).isEqualTo(Places.fill(entry.other(), values));
        });
    }
}
