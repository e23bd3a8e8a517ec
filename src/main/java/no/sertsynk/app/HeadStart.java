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

    /** Returns at once. */
    public static void begin() {
        Thread.ofPlatform().daemon().name("head-start").start(() -> {
            LoggerFactory.getLogger(HeadStart.class);
            BouncyCastle.provider();
        });
        Thread.ofPlatform().daemon().name("head-start-state").start(SqliteState::load);
    }
}
