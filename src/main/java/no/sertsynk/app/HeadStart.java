package no.sertsynk.app;

import no.sertsynk.state.SqliteState;
import no.sertsynk.validation.BouncyCastle;
import org.slf4j.LoggerFactory;

/**
 * Loads, beside the thread that reads the configuration, what each run needs and a cold process takes tenths of a second to
 * make. Nothing depends on it: whoever needs a part earlier makes it, and what cannot be made fails where it is needed.
 */
public final class HeadStart {
    private HeadStart() {}

    /** Begins the logging and returns; the rest goes on beside. */
    public static void begin() {
        // On this thread: what is logged while another begins the logging would come late and with a warning.
        LoggerFactory.getILoggerFactory();
        Thread.ofPlatform().daemon().name("head-start").start(BouncyCastle::provider);
        Thread.ofPlatform().daemon().name("head-start-state").start(SqliteState::load);
    }
}
