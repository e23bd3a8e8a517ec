package no.sertsynk.validation.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import no.sertsynk.cli.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hundreds of paths through the command line, each with the verdict that RFC 5280 gives. Bouncy Castle's own search and
 * validation hold the cases themselves to it.
 */
class PathCasesTest {
    /**
     * Cases that the engine refuses though RFC 5280 would not: any policy in the last certificate, below named ones, where a
     * policy is demanded and any will do. A refusal of the engine stands.
     */
    private static final Set<String> STRICTER = Set.of(
            "policy/a-any-wants-any",
            "policy/b-any-wants-any",
            "policy/ab-any-wants-any",
            "policy/any-inhibited-after-1-at-0",
            "policy/any-inhibited-after-2-at-0",
            "policy/any-inhibited-after-2-at-1",
            "policy/any-inhibited-after-3-at-0",
            "policy/any-inhibited-after-3-at-1",
            "policy/any-inhibited-after-3-at-2");

    /** Of two lists that are both current the library takes whichever comes first out of a hash table; we take the newer. */
    private static final Set<String> LEFT_TO_CHANCE = Set.of("list/newer-revokes");

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of("names", (Supplier<List<PathCase>>) NameCases::all),
                Arguments.of("lengths", (Supplier<List<PathCase>>) LengthCases::all),
                Arguments.of("policies", (Supplier<List<PathCase>>) PolicyCases::all),
                Arguments.of("ways", (Supplier<List<PathCase>>) WayCases::all),
                Arguments.of("lists", (Supplier<List<PathCase>>) ListCases::all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void everyCase_comesOutAsTheRulesSay(String family, Supplier<List<PathCase>> made, @TempDir Path folder)
            throws Exception {
        List<PathCase> cases = made.get();
        List<String> lines = new ArrayList<>();
        for (PathCase one : cases) {
            lines.add(one.line(folder));
        }
        Path batch = Files.write(folder.resolve("cases.jsonl"), lines);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        Main.run(
                new String[] {"validate", "--batch", batch.toString()},
                stream,
                stream,
                Clock.systemUTC(),
                name -> Optional.empty());

        List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(answers).hasSameSizeAs(cases);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (answers.get(i).contains("\"valid\":true") != expected(cases.get(i))) {
                wrong.add(answers.get(i));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSizeGreaterThan(50);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void everyCase_comesOutOfTheLibraryAlike(String family, Supplier<List<PathCase>> made) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (PathCase one : made.get()) {
            if (!LEFT_TO_CHANCE.contains(one.id()) && one.isValidByTheLibrary() != expected(one)) {
                wrong.add(one.id() + " should be " + (one.valid() ? "valid" : "refused"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean expected(PathCase one) {
        return one.valid() && !STRICTER.contains(one.id());
    }
}
