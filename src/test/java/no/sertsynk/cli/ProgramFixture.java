package no.sertsynk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Main.run(all.toArray(String[]::new), stream, stream, when, environment);
        out = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** What the last command wrote. */
    String out() {
        return out;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
