package no.sertsynk.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sandbox in a process of its own, with a configuration that names all its parties. */
final class SandboxProcess implements AutoCloseable {
    private final Path program;
    private final Process process;
    private final Path configuration;

    SandboxProcess(Path program, String parties, int delayMillis) throws IOException {
        this.program = program;
        process = new ProcessBuilder(
                        program.toString(),
                        "demo",
                        "--serve",
                        "--parties",
                        parties,
                        "--delay",
                        String.valueOf(delayMillis))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IllegalStateException("the sandbox did not start");
        }
        configuration = Path.of(line);
    }

    /** A command of the program with the configuration of this world. */
    List<String> command(String name) {
        return List.of(program.toString(), "--config", configuration.toString(), name);
    }

    Path configuration() {
        return configuration;
    }

    /** As if no run had been yet. */
    void forget() throws IOException {
        Path folder = configuration.resolveSibling("state");
        Files.deleteIfExists(configuration.resolveSibling("dit.p12"));
        Files.deleteIfExists(configuration.resolveSibling("dit.pem"));
        if (Files.exists(folder)) {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        process.destroy();
    }
}
