package no.sertsynk.service.log;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The program's log, on standard error. Without {@link #use} it tells problems and changes as text; nothing of it is loaded
 * before something is logged.
 */
public final class Logs {
    /** The key of the run's id in the logging context: the same id as in the history and in the reports of runs. */
    public static final String RUN_ID = "runId";

    /** The system property with the level in place of the default, such as for a test that wants silence. */
    static final String LEVEL_PROPERTY = "sertsynk.log.level";

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Logs() {}

    /** How lines look. */
    public enum Format {
        /** With time and level. */
        TEXT,
        /** With the priority that the journal takes off, which knows the time itself. */
        JOURNAL,
        /** One object a line. */
        JSON
    }

    /**
     * How the log is to be.
     *
     * @param level error, warn, info, debug or trace; empty for what the process was started with, or info. Libraries tell
     *     problems alone, but for trace.
     * @param secrets what no line may show, should anybody try
     */
    public record Setting(Format format, Optional<String> level, List<String> secrets) {
        public Setting {
            secrets = List.copyOf(secrets);
        }
    }

    /** Begins the logging, or changes it. */
    public static void use(Setting setting) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            LogbackSetup.apply(context, setting);
        }
    }

    /**
     * The format that suits where the lines go.
     *
     * @param journalStream the variable JOURNAL_STREAM, which systemd sets to device and inode of the stream; it is passed on
     *     to processes whose standard error goes elsewhere
     */
    public static Format suiting(Optional<String> journalStream) {
        return journalStream.filter(stream -> stream.equals(standardError())).isPresent()
                ? Format.JOURNAL
                : Format.TEXT;
    }

    private static String standardError() {
        try {
            var attributes = Files.readAttributes(STANDARD_ERROR, "unix:dev,ino");
            return attributes.get("dev") + ":" + attributes.get("ino");
        } catch (IOException e) {
            // Closed, or no /proc: then it is not the journal's stream.
            return "";
        }
    }

    /** Sends what libraries tell by the JDK's logging this way too, once any of them does; costs nothing before. */
    public static void routeLibraries() {
        System.setProperty("java.util.logging.config.class", "no.sertsynk.service.log.LibraryRoute");
    }
}
