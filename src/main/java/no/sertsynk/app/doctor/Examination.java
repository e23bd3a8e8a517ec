package no.sertsynk.app.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes checks side by side. */
public final class Examination {
    private Examination() {}

    /**
     * Makes all checks, and waits for no one longer than that.
     *
     * <p>Each has a thread that does not keep the process alive: a file system that hangs cannot be interrupted.
     */
    public static Diagnosis make(List<Check> checks, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<Check, FutureTask<List<Finding>>> running = new LinkedHashMap<>();
        for (Check check : checks) {
            FutureTask<List<Finding>> task = new FutureTask<>(check::look);
            running.put(check, task);
            Thread.ofPlatform().daemon().name("doctor-" + check.topic()).start(task);
        }
        List<Diagnosis.Line> lines = new ArrayList<>();
        for (Map.Entry<Check, FutureTask<List<Finding>>> each : running.entrySet()) {
            findings(each.getValue(), deadline, limit)
                    .forEach(finding ->
                            lines.add(new Diagnosis.Line(each.getKey().topic(), finding)));
        }
        return new Diagnosis(lines);
    }

    private static List<Finding> findings(FutureTask<List<Finding>> task, long deadline, Duration limit)
            throws InterruptedException {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return List.of(new Finding.Error(
                    Sentence.of("expected a result within {0} s, found none", limit.toSeconds()),
                    "look whether a file system, the name service or a server of this check hangs"));
        } catch (ExecutionException e) {
            return List.of(
                    e.getCause() instanceof IOException failure
                            ? new Finding.Warning(
                                    Sentence.of("this could not be looked at: {0}", failure),
                                    "run doctor with sudo, or as the user of the service")
                            : new Finding.Error(
                                    Sentence.of("this check failed unexpectedly: {0}", String.valueOf(e.getCause())),
                                    "please report it"));
        }
    }
}
