package no.sertsynk.app.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one thing. */
public interface Check {
    /** What it looks at, in one word; several checks may look at parts of one thing. */
    String topic();

    /**
     * Looks, without changing anything.
     *
     * @throws IOException if it cannot be looked at; told as a warning
     * @throws InterruptedException if the time is up
     */
    List<Finding> look() throws IOException, InterruptedException;
}
