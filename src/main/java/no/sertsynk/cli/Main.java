package no.sertsynk.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(arguments, out, err, Clock.systemUTC(), name -> Optional.ofNullable(System.getenv(name)));
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command and tells its exit code. */
    public static int run(
            String[] arguments,
            PrintStream out,
            PrintStream err,
            Clock clock,
            Function<String, Optional<String>> environment) {
        CommandLine commandLine = new CommandLine(new RootCommand(new Context(out, err, clock, environment)));
        commandLine.setOut(new java.io.PrintWriter(out, true));
        commandLine.setErr(new java.io.PrintWriter(err, true));
        commandLine.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof no.sertsynk.app.UsageException usage) {
                usage.lines().forEach(text -> err.println(Escape.text(text)));
                return ExitCodes.USAGE;
            }
            err.println("sertsynk: " + Escape.text(String.valueOf(failure)));
            if (environment.apply("SERTSYNK_DEBUG").isPresent()) {
                failure.printStackTrace(err);
            }
            return ExitCodes.PROBLEM;
        });
        int code = commandLine.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** What commands get from outside. */
    record Context(PrintStream out, PrintStream err, Clock clock, Function<String, Optional<String>> environment) {}
}
