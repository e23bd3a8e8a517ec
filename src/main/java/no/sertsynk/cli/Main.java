package no.sertsynk.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.language.Language;
import no.sertsynk.model.Escape;
import no.sertsynk.service.log.Logs;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        ResultStream results = new ResultStream(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(results, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Context context = new Context(
                out, err, Clock.systemUTC(), name -> Optional.ofNullable(System.getenv(name)), Terminals.ofProcess());
        Logs.routeLibraries();
        int code = run(arguments, context);
        Optional<IOException> unwritten = results.failure();
        Language language = RootCommand.language(List.of(arguments), context.environment());
        unwritten.ifPresent(failure -> err.println("sertsynk: "
                + language.say(
                        "standard output cannot be written: {0}",
                        Escape.text(language.words(String.valueOf(failure.getMessage()))))));
        System.exit(unwritten.isPresent() && code == ExitCodes.OK ? ExitCodes.PROBLEM : code);
    }

    /** Runs one command, whose streams are no terminals, and tells its exit code. */
    public static int run(
            String[] arguments,
            PrintStream out,
            PrintStream err,
            Clock clock,
            Function<String, Optional<String>> environment) {
        return run(arguments, new Context(out, err, clock, environment, Terminals.NONE));
    }

    /** Runs one command and tells its exit code. */
    static int run(String[] arguments, Context context) {
        Language language = RootCommand.language(List.of(arguments), context.environment());
        Optional<String> known = PlainStatus.answer(List.of(arguments), context, language);
        if (known.isPresent()) {
            context.out().print(known.get());
            context.out().flush();
            return ExitCodes.OK;
        }
        RootCommand root = new RootCommand(context, language);
        CommandLine commandLine = RootCommand.commandLine(root, List.of(arguments));
        HelpTexts.translate(commandLine, language);
        // An LDAP string may begin with anything, and must not make the program read a file.
        commandLine.setExpandAtFiles(false);
        commandLine.setOut(new PrintWriter(context.out(), true));
        commandLine.setErr(new PrintWriter(context.err(), true));
        commandLine.setParameterExceptionHandler((failure, given) -> misused(failure, context.err(), language));
        commandLine.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, root, language));
        int code = commandLine.execute(arguments);
        context.out().flush();
        context.err().flush();
        return code;
    }

    private static int misused(ParameterException failure, PrintStream err, Language language) {
        err.println("sertsynk: " + Escape.text(language.words(String.valueOf(failure.getMessage()))));
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            // Names of our own options and commands.
            String before =
                    unmatched.isUnknownOption() ? "" : command.getCommandSpec().qualifiedName() + " ";
            String meant = unmatched.getSuggestions().stream()
                    .map(name -> before + name)
                    .collect(Collectors.joining(", "));
            err.println(language.say("Did you mean: {0}?", meant));
        }
        err.println(language.say(
                "'{0} --help' tells how it is used", command.getCommandSpec().qualifiedName()));
        return ExitCodes.USAGE;
    }

    private static int failed(Exception failure, RootCommand root, Language language) {
        PrintStream err = root.context().err();
        if (failure instanceof UsageException usage) {
            usage.lines().forEach(text -> err.println(Escape.text(language.words(text))));
            return ExitCodes.USAGE;
        }
        String what = Escape.text(String.valueOf(failure));
        err.println("sertsynk: "
                + (root.isVerbose()
                        ? language.say("unexpected failure, please report it: {0}", what)
                        : language.say("unexpected failure, please report it: {0}; with -v it tells where", what)));
        if (root.isVerbose()) {
            failure.printStackTrace(err);
        }
        return ExitCodes.PROBLEM;
    }

    /** What commands get from outside. */
    record Context(
            PrintStream out,
            PrintStream err,
            Clock clock,
            Function<String, Optional<String>> environment,
            Terminals terminals) {

        /** A variable of the environment; an empty one counts as unset. */
        Optional<String> variable(String name) {
            return environment.apply(name).filter(value -> !value.isEmpty());
        }

        /** The configuration file where the arguments name none. */
        Path configurationFile() {
            return Path.of(variable("SERTSYNK_CONFIG").orElse("/etc/sertsynk/sertsynk.yaml"));
        }

        /** Whether results are coloured where the arguments do not say. */
        boolean isColoured() {
            boolean forced = variable("CLICOLOR_FORCE")
                    .filter(value -> !value.equals("0"))
                    .isPresent();
            return variable("NO_COLOR").isEmpty() && (forced || (terminals.out() && !isDumb()));
        }

        private boolean isDumb() {
            return variable("TERM").orElse("dumb").equals("dumb");
        }

        Console console(Language language, boolean colour, int verbosity) {
            boolean progress = terminals.err() && !isDumb() && verbosity >= 0;
            return new Console(out, err, colour, progress, language, verbosity);
        }
    }
}
