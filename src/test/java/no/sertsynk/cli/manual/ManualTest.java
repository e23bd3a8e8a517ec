package no.sertsynk.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.cli.ProgramModel;
import no.sertsynk.cli.manual.OtherProgram.Answer;
import no.sertsynk.config.ConfigurationKeys;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual and the completions say what the commands and the configuration's readers do. */
class ManualTest {
    private static final String BASH = "bash-completion/completions/sertsynk";
    private static final String ZSH = "zsh/vendor-completions/_sertsynk";
    private static final String FISH = "fish/vendor_completions.d/sertsynk.fish";

    private static final List<String> LINES = List.of(
            "sertsynk s",
            "sertsynk trust f",
            "sertsynk --lang ",
            "sertsynk validate --revocation ",
            "sertsynk --lang nb validate --policy r",
            "sertsynk validate ma",
            "sertsynk --config ma",
            "sertsynk sync --metrics-file ma",
            "sertsynk sync --party ",
            "sertsynk sync ma");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @BeforeAll
    static void write() throws Exception {
        Manual.main(new String[] {folder.toString(), "2026-11-24T00:00:00Z"});
    }

    private static String read(String file) throws Exception {
        return Files.readString(folder.resolve(file));
    }

    /** The commands with their words, the program itself with none. */
    private static Map<List<String>, CommandSpec> commands() {
        Map<List<String>, CommandSpec> commands = new LinkedHashMap<>();
        collect(List.of(), ProgramModel.root(), commands);
        return commands;
    }

    private static void collect(List<String> words, CommandSpec spec, Map<List<String>, CommandSpec> commands) {
        commands.put(words, spec);
        spec.subcommands().forEach((name, line) -> {
            List<String> below = new ArrayList<>(words);
            below.add(name);
            collect(below, line.getCommandSpec(), commands);
        });
    }

    private static Set<String> optionNames(CommandSpec spec) {
        Set<String> names = new TreeSet<>();
        spec.options().forEach(option -> names.addAll(Arrays.asList(option.names())));
        return names;
    }

    @Test
    void everyOptionAndArgument_hasADescription() {
        commands().forEach((words, spec) -> {
            spec.options()
                    .forEach(option -> assertThat(option.description())
                            .as(words + option.longestName())
                            .isNotEmpty());
            spec.positionalParameters()
                    .forEach(parameter -> assertThat(parameter.description())
                            .as(words + parameter.paramLabel())
                            .isNotEmpty());
        });
    }

    @Test
    void commandPage_hasEveryCommandWithItsOptionsAndArguments() throws Exception {
        String page = read("man/man1/sertsynk.1");
        Set<String> common = optionNames(ProgramModel.root());

        commands().forEach((words, spec) -> {
            if (spec.subcommands().isEmpty()) {
                String heading = ".Ss " + String.join(" ", words) + "\n";
                assertThat(page).contains(heading);
                String part =
                        page.substring(page.indexOf(heading) + heading.length()).split("\n\\.S[sh] ", 2)[0];
                for (OptionSpec option : spec.options()) {
                    if (!common.contains(option.longestName())) {
                        assertThat(part)
                                .contains(".It Fl " + option.longestName().replaceFirst("^--", "\\\\-"));
                    }
                }
                spec.positionalParameters()
                        .forEach(parameter -> assertThat(part).contains(".It Ar " + parameter.paramLabel()));
            }
        });
        assertThat(page.split("\\.Sh COMMANDS")[0]).contains(".It Fl \\-config Ar FILE", ".It Fl h , Fl \\-help");
    }

    @Test
    void commandPage_hasTheExitCodesOfTheHelp() throws Exception {
        assertThat(read("man/man1/sertsynk.1").split("\\.Sh EXIT STATUS")[1])
                .contains(".It 0\n", ".It 1\n", ".It 2\n", ".It 3\n", ".It 4\n", ".It 10\n");
    }

    @Test
    void keysPage_hasEveryKey() throws Exception {
        String page = read("man/man5/sertsynk.yaml.5");

        ConfigurationKeys.ALL.forEach((path, key) -> {
            String place = path.equals(key.name()) ? ".Ss " + path + "\n" : ".It Ic " + path + " Pq ";
            assertThat(page).contains(place);
        });
    }

    @Test
    void pages_areFlawless() throws Exception {
        Map<String, String> environment =
                Map.of("MANPATH", folder.resolve("man").toString());
        for (String page : List.of("man1/sertsynk.1", "man5/sertsynk.yaml.5")) {
            Answer answer = OtherProgram.run(
                    environment,
                    "mandoc",
                    "-Tlint",
                    folder.resolve("man").resolve(page).toString());
            // The other page is not installed yet.
            assertThat(answer.output()
                            .lines()
                            .filter(line -> !line.contains("referenced manual not found: Xr sertsynk")))
                    .isEmpty();
        }
    }

    @Test
    void bash_readsItsCompletion() throws Exception {
        assertThat(OtherProgram.run(Map.of(), "bash", "-n", folder.resolve(BASH).toString()))
                .isEqualTo(new Answer("", 0));
    }

    @Test
    void zsh_readsItsCompletion() throws Exception {
        assertThat(OtherProgram.run(
                        Map.of(), "zsh", "-f", "-n", folder.resolve(ZSH).toString()))
                .isEqualTo(new Answer("", 0));
    }

    @Test
    void zshCompletion_hasEveryCommandAndOption() throws Exception {
        String script = read(ZSH);

        commands().forEach((words, spec) -> {
            String start = "_sertsynk"
                    + String.join("", words.stream().map(word -> "_" + word).toList()) + "() {\n";
            assertThat(script).contains(start);
            String function =
                    script.substring(script.indexOf(start) + start.length()).split("\n}\n", 2)[0];
            optionNames(spec)
                    .forEach(name ->
                            assertThat(function).as(words + name).containsAnyOf(")" + name + "[", "'*" + name + "["));
            spec.subcommands().keySet().forEach(name -> assertThat(function).contains("'" + name + ":", name + ") "));
        });
    }

    /** The lines that bash offers at the end of each of these command lines. */
    private static List<Set<String>> bash(List<String> lines) throws Exception {
        Path script = folder.resolve("complete.bash");
        StringBuilder text = new StringBuilder("cd \"$2\"; . \"$1\"\n");
        for (String line : lines) {
            text.append("COMP_WORDS=(")
                    .append(line.endsWith(" ") ? line + "''" : line)
                    .append(")\n");
            text.append("COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _sertsynk\n");
            text.append("printf '%s\\n' \"${COMPREPLY[@]}\"; echo ==\n");
        }
        Files.writeString(script, text);
        return answers(OtherProgram.run(
                Map.of(),
                "bash",
                "--norc",
                script.toString(),
                folder.resolve(BASH).toString(),
                folder.toString()));
    }

    private static List<Set<String>> fish(List<String> lines) throws Exception {
        Path script = folder.resolve("complete.fish");
        StringBuilder text = new StringBuilder("cd $argv[2]; source $argv[1]\n");
        for (String line : lines) {
            text.append("complete -C '").append(line).append("'; echo ==\n");
        }
        Files.writeString(script, text);
        return answers(OtherProgram.run(
                Map.of("HOME", folder.toString()),
                "fish",
                "--no-config",
                script.toString(),
                folder.resolve(FISH).toString(),
                folder.toString()));
    }

    private static List<Set<String>> answers(Answer answer) {
        assertThat(answer.code()).as(answer.output()).isZero();
        List<Set<String>> answers = new ArrayList<>();
        for (String part : answer.output().split("==\n")) {
            Set<String> words = new TreeSet<>();
            part.lines()
                    .map(line -> line.split("\t", 2)[0])
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
            answers.add(words);
        }
        return answers;
    }

    private static List<String> lines(String end) {
        return commands().keySet().stream()
                .map(words -> String.join(" ", words))
                .map(words -> "sertsynk " + words + (words.isEmpty() ? "" : " ") + end)
                .toList();
    }

    @Test
    void bash_offersTheOptionsOfEveryCommand() throws Exception {
        List<Set<String>> offered = bash(lines("-"));

        assertThat(offered)
                .isEqualTo(commands().values().stream()
                        .map(ManualTest::optionNames)
                        .toList());
    }

    @Test
    void fish_offersTheOptionsOfEveryCommand() throws Exception {
        List<Set<String>> offered = fish(lines("--"));

        assertThat(offered)
                .isEqualTo(commands().values().stream()
                        .map(ManualTest::optionNames)
                        .map(names -> new TreeSet<>(names.stream()
                                .filter(name -> name.startsWith("--"))
                                .toList()))
                        .toList());
    }

    @Test
    void bash_offersCommandsChoicesAndFiles() throws Exception {
        expectWords(bash(LINES));
    }

    @Test
    void fish_offersCommandsChoicesAndFiles() throws Exception {
        expectWords(fish(LINES));
    }

    private static void expectWords(List<Set<String>> offered) {
        assertThat(offered.get(0)).contains("sync", "status").doesNotContain("plan");
        assertThat(offered.get(1)).containsExactly("fetch");
        assertThat(offered.get(2)).containsExactly("en", "nb");
        assertThat(offered.get(3)).containsExactly("off", "prefer", "require");
        assertThat(offered.get(4)).containsExactly("rfc5280");
        for (int i = 5; i < 8; i++) {
            assertThat(offered.get(i).toString()).as(LINES.get(i)).matches("\\[man/?]");
        }
        assertThat(offered.subList(8, offered.size())).allMatch(Set::isEmpty);
    }
}
