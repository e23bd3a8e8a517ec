package no.sertsynk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import no.sertsynk.app.UsageException;

/** Figures in the text format of Prometheus, for node_exporter's collector of text files. */
final class MetricsFile {
    private MetricsFile() {}

    /** Replaces the file atomically. */
    static void write(Path file, String text) throws UsageException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UsageException("--metrics-file: " + file + " cannot be written: " + e);
        }
    }
}
