package no.sertsynk.cli.manual;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One command of the program.
 *
 * @param words that call it, after the program's own name; none for the program itself
 * @param options of its own, beside those of the program
 */
record CommandEntry(
        List<String> words,
        String description,
        List<OptionEntry> options,
        List<Argument> arguments,
        List<CommandEntry> commands) {
    /** @param usage the label as it stands in a synopsis, such as FILE... or [ARG] */
    record Argument(String label, String usage, String description, boolean file) {}

    /** What stands for a file though its type does not say so. */
    private static final Set<String> FILES = Set.of("FILE", "ARG");

    /** The program with all its commands. */
    static CommandEntry program(CommandSpec root) {
        return of(root, List.of(), List.of());
    }

    private static CommandEntry of(CommandSpec spec, List<String> words, List<String> elsewhere) {
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> !option.hidden() && !elsewhere.contains(option.longestName()))
                .toList();
        List<String> known = new ArrayList<>(elsewhere);
        if (words.isEmpty()) {
            own.forEach(option -> known.add(option.longestName()));
        }
        List<CommandEntry> commands = new ArrayList<>();
        for (CommandLine command : spec.subcommands().values()) {
            List<String> below = new ArrayList<>(words);
            below.add(command.getCommandName());
            commands.add(of(command.getCommandSpec(), below, known));
        }
        return new CommandEntry(
                List.copyOf(words),
                String.join(" ", spec.usageMessage().description()),
                own.stream().map(OptionEntry::of).toList(),
                spec.positionalParameters().stream().map(CommandEntry::argument).toList(),
                commands);
    }

    private static Argument argument(PositionalParamSpec parameter) {
        String label = parameter.paramLabel();
        String repeated = parameter.arity().isVariable() || parameter.arity().max() > 1 ? label + "..." : label;
        return new Argument(
                label,
                parameter.arity().min() == 0 ? "[" + repeated + "]" : repeated,
                String.join(" ", parameter.description()),
                List.of(parameter.auxiliaryTypes()).contains(Path.class) || FILES.contains(label));
    }

    /** The first sentence of the description, without its full stop. */
    String summary() {
        return description.split("[.:;](?= |$)")[0];
    }

    /** Its last word. */
    String name() {
        return words.getLast();
    }

    /** Itself and every command below it. */
    List<CommandEntry> all() {
        List<CommandEntry> all = new ArrayList<>();
        all.add(this);
        commands.forEach(command -> all.addAll(command.all()));
        return all;
    }
}
