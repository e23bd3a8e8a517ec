package no.sertsynk.service.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command: event on standard input and in variables, output caught, the whole process tree ended in time. */
final class CommandCaller {
    private static final int MAX_OUTPUT = 16 * 1024;

    /** How long output is waited for once the command has ended: somebody it left behind may hold the pipe open. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private final Map<String, String> environment;

    CommandCaller(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    HookOutcome call(Hook.Command hook, HookEvent event) {
        ProcessBuilder builder = new ProcessBuilder(hook.command()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(EventText.variables(event));
        try {
            Process process = builder.start();
            try {
                return running(process, hook, EventText.json(event));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return HookOutcome.failure("expected the command to end, found sertsynk being stopped", "");
            } finally {
                end(process);
            }
        } catch (IOException e) {
            return HookOutcome.failure("expected a program that can be started, found: " + e.getMessage(), "");
        }
    }

    private static HookOutcome running(Process process, Hook.Command hook, String input) throws InterruptedException {
        Output output = new Output(process.getInputStream());
        Thread reader = Thread.ofPlatform().daemon().name("hook-output").start(output);
        Thread.ofPlatform().daemon().name("hook-input").start(() -> write(process.getOutputStream(), input));
        boolean ended = process.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            end(process);
        }
        reader.join(LAST_OUTPUT);
        if (!ended) {
            return HookOutcome.failure(
                    "expected an end within " + hook.timeout().toSeconds()
                            + " s, found it still running and stopped it",
                    output.text());
        }
        return process.exitValue() == 0
                ? HookOutcome.success(output.text())
                : HookOutcome.failure("expected exit code 0, found " + process.exitValue(), output.text());
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void write(OutputStream stdin, String input) {
        try (stdin) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Whoever does not want to read the event need not.
        }
    }

    /** Reads all that is printed, so that the command is never held up, and keeps the beginning. */
    private static final class Output implements Runnable {
        private final InputStream stream;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean cut;

        Output(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[4096];
            try (stream) {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    keep(buffer, read);
                }
            } catch (IOException e) {
                // The pipe ends with the process; what was read is kept.
            }
        }

        private synchronized void keep(byte[] buffer, int length) {
            int room = Math.min(length, MAX_OUTPUT - kept.size());
            kept.write(buffer, 0, room);
            cut |= room < length;
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8).strip() + (cut ? " … (cut)" : "");
        }
    }
}
