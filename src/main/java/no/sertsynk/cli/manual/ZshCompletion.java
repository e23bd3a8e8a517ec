package no.sertsynk.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completion of the program's arguments in zsh. */
final class ZshCompletion {
    private final CommandEntry program;

    private ZshCompletion(CommandEntry program) {
        this.program = program;
    }

    static String of(CommandEntry program) {
        ZshCompletion completion = new ZshCompletion(program);
        return "#compdef sertsynk\n# Completes the arguments of sertsynk in zsh. Made of its commands.\n"
                + program.all().stream().map(completion::function).collect(Collectors.joining("\n"))
                + "\n_sertsynk \"$@\"\n";
    }

    private static String function(List<String> words) {
        return "_sertsynk" + words.stream().map(word -> "_" + word).collect(Collectors.joining());
    }

    private String function(CommandEntry command) {
        List<OptionEntry> options = new ArrayList<>(command.words().isEmpty() ? List.of() : command.options());
        options.addAll(program.options());
        List<String> specs =
                new ArrayList<>(options.stream().flatMap(ZshCompletion::specs).toList());
        boolean parent = !command.commands().isEmpty();
        if (parent) {
            specs.add("'1:command:->command'");
            specs.add("'*::argument:->argument'");
        }
        command.arguments()
                .forEach(argument ->
                        specs.add(quote("*:" + argument.label() + ":" + (argument.file() ? "_files" : ""))));
        String arguments = "    _arguments -s -S" + (parent ? " -C" : "") + " \\\n        "
                + String.join(" \\\n        ", specs) + "\n";
        return function(command.words()) + "() {\n"
                + (parent ? "    local state line curcontext=\"$curcontext\"\n" : "") + arguments
                + (parent ? below(command) : "") + "}\n";
    }

    /** Goes on with the command that was named. */
    private static String below(CommandEntry command) {
        String described = command.commands().stream()
                .map(below -> "                " + quote(below.name() + ":" + below.summary()))
                .collect(Collectors.joining("\n"));
        String cases = command.commands().stream()
                .map(below -> "                " + below.name() + ") " + function(below.words()) + " ;;")
                .collect(Collectors.joining("\n"));
        return """
                case $state in
                    command)
                        local -a commands=(
            %s
                        )
                        _describe command commands
                        ;;
                    argument)
                        case $words[1] in
            %s
                        esac
                        ;;
                esac
            """.formatted(described, cases);
    }

    /** A specification for each name; one that excludes the option's names unless it may come again. */
    private static Stream<String> specs(OptionEntry option) {
        String excluded = option.repeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
        String description = option.description().replaceAll("([\\[\\]:\\\\])", "\\\\$1");
        String action = option.file() ? "_files" : option.choices().isEmpty() ? "" : choices(option);
        String value = option.isValued() ? ":" + option.value().replace(":", "\\:") + ":" + action : "";
        return option.names().stream().map(name -> quote(excluded + name + "[" + description + "]" + value));
    }

    private static String choices(OptionEntry option) {
        return "(" + String.join(" ", option.choices()) + ")";
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
