package no.sertsynk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool, which tells whether it understands us. */
public final class Promtool {
    private static final Path TOOL = Path.of("/usr/bin/promtool");

    private Promtool() {}

    /** How it ended and all that it told. */
    public record Ended(int code, String told) {}

    /** Runs it; skips the test where it is not installed. */
    public static Ended run(Path input, String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(TOOL), "skipped: promtool is not installed (Debian's package prometheus)");
        List<String> command = new ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("promtool does not end: " + command);
        }
        return new Ended(process.exitValue(), told);
    }
}
