package no.sertsynk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.sandbox.Sandbox;

/** The real program against a sandbox. */
final class ProgramFixture implements AutoCloseable {
    final Sandbox sandbox;
    private final Clock clock;
    private String out = "";
    private String err = "";

    ProgramFixture(Path folder, Clock clock) throws IOException {
        this.clock = clock;
        this.sandbox = Sandbox.start(folder, clock);
    }

    /** Runs the command with the sandbox's configuration; tells its exit code. */
    int run(String... arguments) {
        return runAt(clock, arguments);
    }

    int runAt(Clock when, String... arguments) {
        return runWith(when, name -> Optional.empty(), arguments);
    }

    int runWith(Clock when, Function<String, Optional<String>> environment, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--config", sandbox.folder().resolve("sertsynk.yaml").toString(), "--lang", "en"));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        int code = Main.run(
                all.toArray(String[]::new),
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(talk, true, StandardCharsets.UTF_8),
                when,
                environment);
        out = results.toString(StandardCharsets.UTF_8);
        err = talk.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** What the last command wrote, on both streams. */
    String out() {
        return out + err;
    }

    /** What the last command wrote to standard output alone. */
    String results() {
        return out;
    }

    /** Changes the sandbox's configuration. */
    void reconfigure(String from, String to) throws IOException {
        Path file = sandbox.folder().resolve("sertsynk.yaml");
        String before = Files.readString(file);
        if (!before.contains(from)) {
            throw new IllegalArgumentException("the configuration has no '" + from + "'");
        }
        Files.writeString(file, before.replace(from, to));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
