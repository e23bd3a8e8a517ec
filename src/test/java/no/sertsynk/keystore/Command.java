package no.sertsynk.keystore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Other programs that read and write keystores. */
record Command(int exitCode, String output) {
    static Command keytool(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1"));
        line.addAll(Arrays.asList(arguments));
        return run(line);
    }

    /** Skips the test where there is no openssl. */
    static Command openssl(String... arguments) {
        assumeTrue(has("openssl", "version"), "skipped: no openssl here");
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(Arrays.asList(arguments));
        return run(line);
    }

    static boolean has(String... line) {
        try {
            return start(List.of(line)).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Command run(List<String> line) {
        try {
            return start(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Command start(List<String> line) throws IOException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Command(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The output of a command that must succeed. */
    String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("exit " + exitCode + ": " + output);
        }
        return output;
    }
}
