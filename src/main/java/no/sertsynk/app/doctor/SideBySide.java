package no.sertsynk.app.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at several things of one kind at once, since each makes wait. */
final class SideBySide {
    private SideBySide() {}

    interface Looking<T> {
        Finding look(T thing) throws IOException;
    }

    /** One finding for each, in their order. */
    static <T> List<Finding> look(List<T> things, Looking<T> looking) throws IOException, InterruptedException {
        List<Callable<Finding>> tasks = new ArrayList<>();
        things.forEach(thing -> tasks.add(() -> looking.look(thing)));
        List<Finding> findings = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Future<Finding> made : threads.invokeAll(tasks)) {
                findings.add(made.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return findings;
    }
}
