package no.sertsynk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real messages and certificates that lie beside the project, not in it. */
public final class SharedData {
    private SharedData() {}

    /** That file or folder under the data folder; skips the test, and says so, where the data is absent. */
    public static Path path(String relative) {
        Path data = Path.of(System.getProperty("sertsynk.shared", "../shared")).resolve("data");
        assumeTrue(
                Files.isDirectory(data),
                "skipped: real data is not at " + data.toAbsolutePath().normalize());
        return data.resolve(relative);
    }
}
