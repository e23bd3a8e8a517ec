package no.sertsynk.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and runs programs of the host that only tell something; bounded in time and output. */
public final class HostCommand {
    private static final int MOST_BYTES = 1024 * 1024;

    private final String path;

    /** @param path folders, as PATH has them */
    public HostCommand(String path) {
        this.path = path;
    }

    /** What a program told before it ended. */
    public record Answer(int code, String text) {}

    /** The program of that name; a name with a slash is a path. Empty if there is no file that may be run. */
    Optional<Path> find(String name) {
        try {
            if (name.contains("/")) {
                return Optional.of(Path.of(name)).filter(HostCommand::isProgram);
            }
            for (String folder : path.split(":")) {
                Path program = Path.of(folder.isEmpty() ? "." : folder).resolve(name);
                if (isProgram(program)) {
                    return Optional.of(program);
                }
            }
            return Optional.empty();
        } catch (InvalidPathException e) {
            // No file can have such a name.
            return Optional.empty();
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Runs the program.
     *
     * @return empty if the host does not have it
     * @throws IOException if it cannot be started, or has not ended in time
     */
    public Optional<Answer> run(Duration limit, String name, String... arguments)
            throws IOException, InterruptedException {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Output output = new Output(process.getInputStream());
            Thread reader = Thread.ofPlatform().daemon().name("doctor-output").start(output);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(name + " has not ended within " + limit.toSeconds() + " s");
            }
            reader.join(Duration.ofSeconds(1));
            return Optional.of(new Answer(process.exitValue(), output.text));
        } finally {
            process.destroyForcibly();
        }
    }

    private static final class Output implements Runnable {
        private final InputStream stream;
        private volatile String text = "";

        Output(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            try (stream) {
                text = new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            } catch (IOException e) {
                // The pipe ends with the process.
            }
        }
    }
}
