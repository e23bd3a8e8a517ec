package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Works on many things at once: a virtual thread each, so that waiting for register and directories costs nothing, and a
 * window, so that memory stays bounded. The stages bound what is in flight at a server.
 */
final class Parallel {
    private static final int WINDOW = 256;

    private Parallel() {}

    /** @param listener told after each how many are done */
    static <T> void forEach(Collection<T> things, Consumer<T> work, SyncListener listener) {
        // What is logged on the way belongs to the caller's run.
        Map<String, String> context = MDC.getCopyOfContextMap();
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> tasks = new ArrayList<>(things.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T thing : things) {
                window.acquireUninterruptibly();
                tasks.add(threads.submit(() -> {
                    try {
                        if (context != null) {
                            MDC.setContextMap(context);
                        }
                        work.accept(thing);
                    } finally {
                        window.release();
                        listener.progress(done.incrementAndGet(), things.size());
                    }
                }));
            }
        }
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted after all work was done", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException("something could not be worked on", e.getCause());
            }
        }
    }
}
