package no.sertsynk.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs commands as whole processes and tells what they took: wall time, and processor time as the kernel counts it. */
final class ColdProcess {
    /** The kernel's clock ticks a second on every Linux that Java runs on. */
    private static final long TICKS = 100;

    private ColdProcess() {}

    /** One run. */
    record Run(Duration wall, Duration processor, int exit) {}

    /** Several runs of one command; figures are medians. */
    record Runs(List<Run> runs) {
        Duration wall() {
            return runs.stream().map(Run::wall).sorted().toList().get(runs.size() / 2);
        }

        Duration processor() {
            return runs.stream().map(Run::processor).sorted().toList().get(runs.size() / 2);
        }

        String show() {
            return String.format(
                    Locale.ROOT,
                    "%.2f s wall (%.2f to %.2f), %.2f s processor",
                    seconds(wall()),
                    seconds(runs.stream().map(Run::wall).sorted().toList().getFirst()),
                    seconds(runs.stream().map(Run::wall).sorted().toList().getLast()),
                    seconds(processor()));
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    interface Preparation {
        void prepare() throws IOException;
    }

    /** Runs the command once unmeasured and then so many times, each after the preparation. */
    static Runs measure(int times, Preparation before, List<String> command) throws IOException, InterruptedException {
        return measure(times, before, command, 0);
    }

    /** @param expected the exit code of each run */
    static Runs measure(int times, Preparation before, List<String> command, int expected)
            throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i <= times; i++) {
            before.prepare();
            Run run = once(command);
            if (run.exit() != expected) {
                throw new IllegalStateException("exit code " + run.exit() + " of " + command);
            }
            if (i > 0) {
                runs.add(run);
            }
        }
        return new Runs(runs);
    }

    private static Run once(List<String> command) throws IOException, InterruptedException {
        long processor = childrensTicks();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exit = process.waitFor();
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new Run(wall, Duration.ofMillis((childrensTicks() - processor) * 1000 / TICKS), exit);
    }

    /** User and system time of all children that have ended (proc(5), stat, fields 16 and 17). */
    private static long childrensTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }
}
