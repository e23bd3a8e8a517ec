package no.sertsynk.register.wire;

import java.time.Duration;

/** Waits between two tries; a test waits by doing nothing. */
@FunctionalInterface
public interface Pause {
    void of(Duration duration) throws InterruptedException;
}
