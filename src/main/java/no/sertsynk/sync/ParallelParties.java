package no.sertsynk.sync;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import no.sertsynk.sync.SyncSettings.PartySetting;

/**
 * Works on many parties at once: a virtual thread each, so that waiting for register and directories costs nothing, and a
 * window, so that memory stays bounded. The stages bound what is in flight at a server.
 */
final class ParallelParties {
    private static final int WINDOW = 256;

    private ParallelParties() {}

    static void forEach(List<PartySetting> parties, Consumer<PartySetting> work, SyncListener listener) {
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> tasks = new java.util.ArrayList<>(parties.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (PartySetting party : parties) {
                window.acquireUninterruptibly();
                tasks.add(threads.submit(() -> {
                    try {
                        work.accept(party);
                    } finally {
                        window.release();
                        listener.progress(done.incrementAndGet(), parties.size());
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
                throw new IllegalStateException("a party could not be worked on", e.getCause());
            }
        }
    }
}
