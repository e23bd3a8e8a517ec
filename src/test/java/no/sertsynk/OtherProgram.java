package no.sertsynk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of this machine that may be absent, which skips the test and says so. */
public final class OtherProgram {
    private OtherProgram() {}

    /** What it prints on both streams and, last, its exit code. */
    public record Answer(String output, int code) {}

    /** Runs it with its streams in one and at most half a minute long. */
    public static Answer run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        return run(Duration.ofSeconds(30), environment, command);
    }

    public static Answer run(Duration limit, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        require(command[0]);
        Path output = Files.createTempFile("output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end: " + Files.readString(output));
        }
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        Files.delete(output);
        return new Answer(text, process.exitValue());
    }

    /** Skips the test where there is no such program. */
    public static void require(String name) {
        boolean present = Path.of(name).isAbsolute() && Files.isExecutable(Path.of(name))
                || Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assumeTrue(present, "skipped: " + name + " is not installed");
    }
}
