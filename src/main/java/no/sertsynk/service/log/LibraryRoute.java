package no.sertsynk.service.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Passes what is told by the JDK's own logging on to the log. The JDK makes one, by the system property
 * {@code java.util.logging.config.class}, when something is first told that way.
 */
public final class LibraryRoute extends Handler {
    private static final String SETTINGS = "handlers=" + LibraryRoute.class.getName() + "\n.level=WARNING\n";

    private final SimpleFormatter formatter = new SimpleFormatter();
    private static boolean configured;

    /** For the JDK: the first one configures its logging, which then makes the one that is used. */
    public LibraryRoute() throws IOException {
        synchronized (LibraryRoute.class) {
            if (configured) {
                return;
            }
            configured = true;
        }
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void publish(LogRecord entry) {
        String name = entry.getLoggerName() == null ? "java" : entry.getLoggerName();
        if (LoggerFactory.getLogger(name) instanceof LocationAwareLogger log) {
            log.log(
                    null,
                    LibraryRoute.class.getName(),
                    level(entry),
                    formatter.formatMessage(entry),
                    null,
                    entry.getThrown());
        }
    }

    private static int level(LogRecord entry) {
        int level = entry.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return LocationAwareLogger.ERROR_INT;
        }
        if (level >= Level.WARNING.intValue()) {
            return LocationAwareLogger.WARN_INT;
        }
        if (level >= Level.INFO.intValue()) {
            return LocationAwareLogger.INFO_INT;
        }
        return level >= Level.FINE.intValue() ? LocationAwareLogger.DEBUG_INT : LocationAwareLogger.TRACE_INT;
    }

    @Override
    public void flush() {
        // Each line is written at once.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
