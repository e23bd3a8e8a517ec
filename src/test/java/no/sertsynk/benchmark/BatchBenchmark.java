package no.sertsynk.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code validate --batch} as a whole cold process, beside {@link ShortestBatch} on the same cases. Takes the folder of the
 * distribution, the number of runs and the files of cases, such as those of PKITS; each file is a run of its own.
 */
public final class BatchBenchmark {
    /** Some cases are not valid, which is what {@code validate} tells by its exit code. */
    private static final int NOT_ALL_VALID = 1;

    private BatchBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0], "bin", "sertsynk");
        int runs = Integer.parseInt(arguments[1]);
        for (String cases : List.of(arguments).subList(2, arguments.length)) {
            ColdProcess.Runs ours = ColdProcess.measure(
                    runs, () -> {}, List.of(program.toString(), "validate", "--batch", cases), NOT_ALL_VALID);
            ColdProcess.Runs shortest = ColdProcess.measure(runs, () -> {}, shortest(cases), 0);
            System.out.printf(
                    Locale.ROOT,
                    "%s%n  validate --batch  %s%n  shortest program  %s%n  ratio %.2f wall, %.2f processor%n",
                    cases,
                    ours.show(),
                    shortest.show(),
                    ColdProcess.seconds(ours.wall()) / ColdProcess.seconds(shortest.wall()),
                    ColdProcess.seconds(ours.processor()) / ColdProcess.seconds(shortest.processor()));
        }
    }

    private static List<String> shortest(String cases) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ShortestBatch.class.getName(),
                cases);
    }
}
