package no.sertsynk.cli.manual;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of this machine that may be absent, which skips the test and says so. */
final class OtherProgram {
    private OtherProgram() {}

    /** What it prints on both streams and, last, its exit code. */
    record Answer(String output, int code) {}

    static Answer run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        boolean present = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0])));
        assumeTrue(present, "skipped: " + command[0] + " is not installed");
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end");
        }
        return new Answer(output, process.exitValue());
    }
}
