package no.sertsynk.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import no.sertsynk.cli.Main.Context;
import no.sertsynk.cli.language.Language;
import picocli.CommandLine.Model.CommandSpec;

/** The commands and options of the program, for those who describe it. */
public final class ProgramModel {
    private ProgramModel() {}

    /** The program's root command, with all others below it. */
    public static CommandSpec root() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Context context = new Context(nowhere, nowhere, Clock.systemUTC(), name -> Optional.empty(), Terminals.NONE);
        return RootCommand.commandLine(new RootCommand(context, Language.ENGLISH), List.of()).getCommandSpec();
    }
}
