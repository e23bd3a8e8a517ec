package no.sertsynk.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of what a reader makes of a configuration file, with a new one for each. */
abstract class WrittenConfiguration {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    Written written;

    @BeforeEach
    void write() throws Exception {
        written = new Written(folder);
    }
}
