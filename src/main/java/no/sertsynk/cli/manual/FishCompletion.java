package no.sertsynk.cli.manual;

import java.util.List;
import java.util.stream.Collectors;

/** The completion of the program's arguments in fish. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandEntry program) {
        FishCompletion completion = new FishCompletion();
        completion.script.append("""
            # Completes the arguments of sertsynk in fish. Made of its commands.
            complete -c sertsynk -f
            """);
        program.options().forEach(option -> completion.option("", option));
        program.all().forEach(completion::command);
        return completion.script.toString();
    }

    private void command(CommandEntry command) {
        for (CommandEntry below : command.commands()) {
            line(inside(command), "-a " + quote(below.name()) + " -d " + quote(below.summary()));
        }
        if (command.words().isEmpty()) {
            return;
        }
        command.options().forEach(option -> option(inside(command), option));
        if (command.arguments().stream().anyMatch(CommandEntry.Argument::file)) {
            line(inside(command), "-F");
        }
    }

    /** The condition that this command was called, and none below it. */
    private static String inside(CommandEntry command) {
        List<String> words = command.words();
        String called = words.isEmpty()
                ? "__fish_use_subcommand"
                : words.stream()
                        .map(word -> "__fish_seen_subcommand_from " + word)
                        .collect(Collectors.joining("; and "));
        if (words.isEmpty() || command.commands().isEmpty()) {
            return called;
        }
        String names = command.commands().stream().map(CommandEntry::name).collect(Collectors.joining(" "));
        return called + "; and not __fish_seen_subcommand_from " + names;
    }

    private void option(String condition, OptionEntry option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        String value = "";
        if (option.isValued()) {
            value = option.file() ? " -r -F" : " -x";
            value += option.choices().isEmpty() ? "" : " -a " + quote(String.join(" ", option.choices()));
        }
        line(condition, names + value + " -d " + quote(option.description()));
    }

    private void line(String condition, String rest) {
        script.append("complete -c sertsynk ")
                .append(condition.isEmpty() ? "" : "-n " + quote(condition) + " ")
                .append(rest)
                .append('\n');
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
