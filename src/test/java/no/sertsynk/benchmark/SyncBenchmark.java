package no.sertsynk.benchmark;

import java.io.IOException;
import java.nio.file.Path;
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
        try (SandboxProcess near = new SandboxProcess(program, parties, 0)) {
            ColdProcess.Runs bare = ColdProcess.measure(runs, () -> {}, bare(near));
            ColdProcess.Runs first = ColdProcess.measure(runs, near::forget, near.command("sync"));
            show("the least a Java program could do", bare);
            show("first sync", first);
            ratio("first sync / the least", first, bare);
            show("sync without news", ColdProcess.measure(runs, () -> {}, near.command("sync")));
            show("status", ColdProcess.measure(runs, () -> {}, near.command("status")));
            try (SandboxProcess distant = new SandboxProcess(program, parties, DISTANT_MILLIS)) {
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

    private static List<String> bare(SandboxProcess world) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                BareSync.class.getName(),
                world.configuration().toString());
    }
}
