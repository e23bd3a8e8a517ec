package no.sertsynk.service.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the alarms are alive, and whether somebody has set the clock. Measured by a clock that only goes forward, since
 * the alarms go by the one that can be set.
 */
public final class Pulse {
    private static final Duration STEP = Duration.ofSeconds(30);
    /** How many ticks may pass before alarms that do nothing count as dead. */
    private static final int MISSING_TICKS = 6;

    private final Alarms alarms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Runnable clockChanged;
    private final AtomicLong beats = new AtomicLong();
    private long ticks;
    private long offset;

    /** @param nanos of a clock that only goes forward, as {@link System#nanoTime} */
    public Pulse(Alarms alarms, Clock clock, LongSupplier nanos, Runnable clockChanged) {
        this.alarms = alarms;
        this.clock = clock;
        this.nanos = nanos;
        this.clockChanged = clockChanged;
        this.offset = offset();
    }

    private long offset() {
        return clock.millis() - nanos.getAsLong() / 1_000_000;
    }

    /**
     * Looks once; called at regular intervals.
     *
     * @return whether the alarms have answered a tick since the last look, or this is the first
     */
    public synchronized boolean tick() {
        long now = offset();
        if (Math.abs(now - offset) > STEP.toMillis()) {
            clockChanged.run();
        }
        offset = now;
        boolean alive = beats.getAndSet(0) > 0 || ticks == 0;
        ticks = alive ? 1 : ticks + 1;
        alarms.now(beats::incrementAndGet);
        return alive;
    }

    /** Whether the alarms have answered lately. */
    public synchronized boolean isAlive() {
        return ticks <= MISSING_TICKS;
    }
}
