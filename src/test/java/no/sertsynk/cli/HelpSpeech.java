package no.sertsynk.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import no.sertsynk.cli.language.Language;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of all commands. */
public final class HelpSpeech {
    private HelpSpeech() {}

    private static CommandLine all(Language language) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        RootCommand root = new RootCommand(
                new Main.Context(nowhere, nowhere, Clock.systemUTC(), name -> Optional.empty(), Terminals.NONE),
                language);
        return RootCommand.commandLine(root, List.of());
    }

    /** Its English texts; the lines of one are apart by line ends. */
    public static Stream<String> english() {
        return texts(all(Language.ENGLISH)).filter(text -> !text.isBlank());
    }

    private static Stream<String> texts(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        Stream<String[]> own = Stream.concat(
                Stream.of(
                        command.usageMessage().description(),
                        command.usageMessage().footer()),
                Stream.concat(command.options().stream(), command.positionalParameters().stream())
                        .map(ArgSpec::description));
        return Stream.concat(
                own.map(lines -> String.join("\n", lines)),
                command.subcommands().values().stream().flatMap(HelpSpeech::texts));
    }
}
