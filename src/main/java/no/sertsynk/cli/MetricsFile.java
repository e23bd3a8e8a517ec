package no.sertsynk.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import no.sertsynk.app.UsageException;

/** Figures in the text format of Prometheus, for node_exporter's collector of text files, which runs as another user. */
final class MetricsFile {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private MetricsFile() {}

    /** What an earlier run has left; empty text if there is nothing that can be read. */
    static String read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            // The counts begin anew, as those of a process that was restarted do; whether it can be written is told
            // later.
            return "";
        }
    }

    /** Replaces the file atomically; everybody may read it. The name meanwhile is none that the collector takes up. */
    static void write(Path file, String text) throws UsageException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        try {
            Path made = Files.createTempFile(folder, "." + file.getFileName() + ".", ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw new UsageException(
                    "--metrics-file: expected to write " + file + ", found " + e + "; the sync itself is done");
        }
    }
}
