package no.sertsynk.register.soap;

import java.time.Duration;

/** Waits between two tries; a test waits by doing nothing. */
@FunctionalInterface
interface Pause {
    void of(Duration duration) throws InterruptedException;
}
