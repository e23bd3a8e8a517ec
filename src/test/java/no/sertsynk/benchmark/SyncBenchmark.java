package no.sertsynk.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

/**
 * The main job as whole cold processes, against the sandbox in another process, and beside it the least that a Java program
 * could do ({@link BareSync}), so that the ratio says something on any machine.
 *
 * <p>Arguments: the distribution's folder, the number of parties, the number of measured runs.
 */
final class SyncBenchmark {
    private static final int DISTANT_MILLIS = 20;

    private final Path program;
    private final String parties;
    private final int runs;

    private SyncBenchmark(Path program, String parties, int runs) {
        this.program = program;
        this.parties = parties;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SyncBenchmark benchmark = new SyncBenchmark(
                Path.of(arguments[0]).resolve("bin/sertsynk"), arguments[1], Integer.parseInt(arguments[2]));
        benchmark.run();
    }

    private void run() throws IOException, InterruptedException {
        show("--version", ColdProcess.measure(runs, () -> {}, List.of(program.toString(), "--version")));
        try (World near = new World(0)) {
            ColdProcess.Runs bare = ColdProcess.measure(runs, () -> {}, near.bare());
            ColdProcess.Runs first = ColdProcess.measure(runs, near::forget, near.command("sync"));
            show("the least a Java program could do", bare);
            show("first sync", first);
            ratio("first sync / the least", first, bare);
            show("sync without news", ColdProcess.measure(runs, () -> {}, near.command("sync")));
            show("status", ColdProcess.measure(runs, () -> {}, near.command("status")));
            try (World distant = new World(DISTANT_MILLIS)) {
                ColdProcess.Runs late = ColdProcess.measure(runs, distant::forget, distant.command("sync"));
                show("first sync, answers " + DISTANT_MILLIS + " ms later", late);
                System.out.printf(
                        Locale.ROOT,
                        "%-40s %.2f s%n",
                        "what the " + DISTANT_MILLIS + " ms cost",
                        ColdProcess.seconds(late.wall().minus(first.wall())));
            }
        }
    }

    private void show(String what, ColdProcess.Runs measured) {
        System.out.printf("%-40s %s%n", what + " (" + parties + " parties)", measured.show());
    }

    private static void ratio(String what, ColdProcess.Runs of, ColdProcess.Runs to) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %.2f wall, %.2f processor%n",
                what,
                ColdProcess.seconds(of.wall()) / ColdProcess.seconds(to.wall()),
                ColdProcess.seconds(of.processor()) / ColdProcess.seconds(to.processor()));
    }

    /** The sandbox in a process of its own. */
    private final class World implements AutoCloseable {
        private final Process process;
        private final Path configuration;

        World(int delayMillis) throws IOException {
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

        List<String> command(String name) {
            return List.of(program.toString(), "--config", configuration.toString(), name);
        }

        List<String> bare() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BareSync.class.getName(),
                    configuration.toString());
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
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
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
}
