package no.sertsynk.register.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * When a question is asked again: at most twice more, after about a quarter and then half a second, spread at random so
 * that calls which failed together do not come back together; later if the server asks for it.
 *
 * <p>All questions share a store of retries. Each retry takes one, each answer gives one back; so a register that is down
 * is not asked three times for every party.
 */
public final class Backoff {
    public static final int TRIES = 3;
    public static final int RETRIES_IN_STORE = 50;
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 250;

    private final DoubleSupplier random;
    private final AtomicInteger store = new AtomicInteger(RETRIES_IN_STORE);

    /** @param random numbers from 0 to 1 */
    public Backoff(DoubleSupplier random) {
        this.random = random;
    }

    public void answered() {
        store.updateAndGet(retries -> Math.min(RETRIES_IN_STORE, retries + 1));
    }

    /** Whether there may be another try after so many; takes it from the store. */
    public boolean takeRetry(int triesMade) {
        return triesMade < TRIES && store.getAndUpdate(retries -> Math.max(0, retries - 1)) > 0;
    }

    /** How long to wait after so many tries, if the server asked for that pause (zero: did not ask). */
    public Duration pause(int triesMade, Duration askedFor) {
        long longest = FIRST_PAUSE_MILLIS << (triesMade - 1);
        Duration own = Duration.ofMillis((long) (longest * (0.5 + random.getAsDouble() / 2)));
        Duration asked = askedFor.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : askedFor;
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
