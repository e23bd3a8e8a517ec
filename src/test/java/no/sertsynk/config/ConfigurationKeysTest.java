package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import no.sertsynk.config.Key.Absent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Every key is described as its reader reads it. */
class ConfigurationKeysTest extends WrittenConfiguration {
    private static final Path CONTRACT =
            Path.of(System.getProperty("sertsynk.shared", "../shared"), "design/contract.md");

    /** A key with its place. */
    record Placed(String path, Key key) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Placed> keys() {
        return those(key -> true);
    }

    static Stream<Placed> requiredKeys() {
        return those(key -> key.absent() instanceof Absent.Required);
    }

    static Stream<Placed> keysWithDefault() {
        return those(key -> key.absent() instanceof Absent.Default);
    }

    static Stream<Placed> keysWithChoices() {
        return those(key -> !key.choices().isEmpty());
    }

    static Stream<Placed> numbers() {
        return those(key -> key.type().startsWith("number from "));
    }

    static Stream<Placed> keysWithKeys() {
        return those(key -> key.form() == Key.Form.SECTION || key.form() == Key.Form.SECTIONS);
    }

    private static Stream<Placed> those(Predicate<Key> wanted) {
        List<Placed> keys = new ArrayList<>();
        ConfigurationKeys.ALL.forEach((path, key) -> keys.add(new Placed(path, key)));
        return keys.stream().filter(placed -> wanted.test(placed.key()));
    }

    private List<String> mistakes(WrittenTree tree) throws Exception {
        ConfigurationResult result = written.read(tree.toString());
        return result instanceof ConfigurationResult.Refused ? Written.mistakes(result) : List.of();
    }

    private Configuration loaded(WrittenTree tree) throws Exception {
        ConfigurationResult result = written.read(tree.toString());
        assertThat(result).as(tree + " " + result).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result).configuration();
    }

    private static String at(String path) {
        return ": " + path.replace("[]", "[0]") + ": ";
    }

    @ParameterizedTest
    @MethodSource("keys")
    void valueOfAnotherForm_isRefusedByTheKeysReader(Placed placed) throws Exception {
        boolean mapping =
                placed.key().form() == Key.Form.SECTION || placed.key().form() == Key.Form.MAP;
        WrittenTree tree = WrittenTree.valid();
        if (placed.key().absent() instanceof Absent.Otherwise(String words) && words.equals("url")) {
            // One of both is wanted.
            tree.remove(placed.path().replaceFirst("command$", words));
        }
        tree.set(placed.path(), mapping ? "[a]" : "{a: b}");

        assertThat(mistakes(tree)).anyMatch(mistake -> mistake.contains(at(placed.path()) + "expected"));
    }

    @ParameterizedTest
    @MethodSource("requiredKeys")
    void absentKey_isMissedWhereItIsRequired(Placed placed) throws Exception {
        assertThat(mistakes(WrittenTree.valid().remove(placed.path())))
                .anyMatch(mistake -> mistake.contains(at(placed.path()) + "expected this key, found none"));
    }

    @ParameterizedTest
    @MethodSource("keysWithDefault")
    void default_isTheSameAsNothing(Placed placed) throws Exception {
        String value = ((Absent.Default) placed.key().absent()).value();
        Configuration absent = loaded(WrittenTree.valid().remove(placed.path()));

        assertThat(loaded(WrittenTree.valid().set(placed.path(), value))).isEqualTo(absent);
    }

    @ParameterizedTest
    @MethodSource("keysWithChoices")
    void choices_areWhatIsAllowed(Placed placed) throws Exception {
        boolean list = placed.key().form() == Key.Form.LIST;
        for (String choice : placed.key().choices()) {
            WrittenTree tree = WrittenTree.valid().set(placed.path(), list ? "[" + choice + "]" : choice);
            assertThat(mistakes(tree)).noneMatch(mistake -> mistake.contains(at(placed.path())));
        }
        WrittenTree other = WrittenTree.valid().set(placed.path(), list ? "[another]" : "another");
        assertThat(mistakes(other)).anyMatch(mistake -> mistake.contains(at(placed.path())));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbers_haveTheBoundsThatAreTold(Placed placed) throws Exception {
        Matcher bounds = Pattern.compile("number from ([0-9]+) to ([0-9]+)")
                .matcher(placed.key().type());
        assertThat(bounds.matches()).isTrue();
        int most = Integer.parseInt(bounds.group(2));

        loaded(WrittenTree.valid().set(placed.path(), bounds.group(1)));
        loaded(WrittenTree.valid().set(placed.path(), bounds.group(2)));
        assertThat(mistakes(WrittenTree.valid().set(placed.path(), String.valueOf(most + 1))))
                .singleElement()
                .asString()
                .contains("expected a " + placed.key().type());
    }

    @ParameterizedTest
    @MethodSource("keysWithKeys")
    void unknownKey_isRefusedInEverySection(Placed placed) throws Exception {
        String path = placed.path() + (placed.key().form() == Key.Form.SECTIONS ? "[]" : "") + ".zzz";

        assertThat(mistakes(WrittenTree.valid().set(path, "1")))
                .anyMatch(mistake -> mistake.contains(at(path) + "unknown key"));
    }

    @Test
    void keyThatAReaderAsksForAndNobodyDescribes_isAnError() throws Exception {
        Mistakes mistakes = new Mistakes(folder);
        Node node = node("a: b");
        Section section = Section.document(Keys.of(Key.value("b", "word", "A word.")), node, mistakes);

        assertThat(section.text("b")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> section.text("a"))
                .withMessageContaining("expected a described key, found a");
    }

    @Test
    void everyKeyOfTheContract_isThere() throws Exception {
        assumeThat(CONTRACT).as("the contract lies beside the project").exists();
        Matcher block = Pattern.compile("(?s)## Configuration \\(YAML\\)\n```yaml\n(.*?)```")
                .matcher(Files.readString(CONTRACT));
        assertThat(block.find()).isTrue();

        assertThat(ConfigurationKeys.ALL.paths()).containsAll(paths(node(block.group(1))));
    }

    @Test
    void example_namesEveryKey() throws Exception {
        String example = Files.readString(Path.of("config/sertsynk.yaml"));
        List<String> named = paths(node(ExampleTest.withOptionsSet(example)));
        List<String> secrets = keys().filter(placed -> placed.key().type().startsWith("variable "))
                .map(Placed::path)
                .toList();

        assertThat(named)
                .containsAll(keys().map(Placed::path)
                        .filter(path -> !secrets.contains(path))
                        .toList());
        // The other place of a secret is explained once for all.
        assertThat(example).contains("password: \"${AR_PASSWORD}\"");
        secrets.forEach(secret -> assertThat(named).contains(secret + "File"));
    }

    private static Node node(String yaml) {
        return new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    }

    /** The paths of the keys that stand there, but those of the user's own. */
    private static List<String> paths(Node root) {
        List<String> paths = new ArrayList<>();
        collect("", root, paths);
        return paths.stream()
                .distinct()
                .filter(path -> !path.startsWith("directories.hostMap."))
                .toList();
    }

    private static void collect(String prefix, Node node, List<String> paths) {
        switch (node) {
            case MappingNode mapping ->
                mapping.getValue().forEach(entry -> {
                    String path = (prefix.isEmpty() ? "" : prefix + ".") + ((ScalarNode) entry.getKeyNode()).getValue();
                    paths.add(path);
                    collect(path, entry.getValueNode(), paths);
                });
            case SequenceNode sequence -> sequence.getValue().forEach(item -> collect(prefix + "[]", item, paths));
            default -> {
                // A value.
            }
        }
    }
}
