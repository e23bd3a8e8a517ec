package no.sertsynk.register.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Bounds the calls to one host: so many in flight, and so many begun in a second, evenly spread after a first burst. Safe
 * for threads.
 */
public final class Throttle {
    private static final long SECOND = 1_000_000_000L;

    private final Semaphore inFlight;
    private final long interval;
    private final long burst;
    private final LongSupplier nanos;
    private final Pause pause;
    private long nextFree;

    /** @param nanos of a clock that only goes forward, as {@link System#nanoTime} */
    public Throttle(int inFlight, int perSecond, LongSupplier nanos, Pause pause) {
        if (inFlight < 1 || perSecond < 1) {
            throw new IllegalArgumentException(
                    "expected at least one call in flight and per second, found " + inFlight + " and " + perSecond);
        }
        this.inFlight = new Semaphore(inFlight);
        this.interval = SECOND / perSecond;
        this.burst = SECOND;
        this.nanos = nanos;
        this.pause = pause;
        this.nextFree = nanos.getAsLong() - burst;
    }

    /** A place among the calls; given back when it is closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a place among the calls in flight. */
    public Place enter() throws InterruptedException {
        inFlight.acquire();
        return inFlight::release;
    }

    /** Waits until one more call may begin. */
    public void begin() throws InterruptedException {
        long wait = reserve();
        if (wait > 0) {
            pause.of(Duration.ofNanos(wait));
        }
    }

    private synchronized long reserve() {
        long now = nanos.getAsLong();
        // A second's worth may be taken at once after a quiet time.
        nextFree = Math.max(nextFree, now - burst) + interval;
        return nextFree - now;
    }
}
