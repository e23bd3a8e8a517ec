package no.sertsynk.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * Sets Logback up in code: reading a file of XML would be the dearest part of a short command. Logback finds it by
 * {@code META-INF/services} and looks no further.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogbackSetup extends ContextAwareBase implements Configurator {
    private static final String OURS = "no.sertsynk";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, new Logs.Setting(Logs.Format.TEXT, Optional.empty(), List.of()));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void apply(LoggerContext context, Logs.Setting setting) {
        String level = setting.level().orElseGet(() -> System.getProperty(Logs.LEVEL_PROPERTY, "info"));
        Level ours = Level.toLevel(level.toUpperCase(Locale.ROOT), Level.INFO);
        boolean all = ours == Level.TRACE;
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(all ? Level.TRACE : ours.isGreaterOrEqual(Level.WARN) ? ours : Level.WARN);
        context.getLogger(OURS).setLevel(ours);
        if (all) {
            // Whoever asks for everything gets what libraries tell by the JDK's logging too.
            java.util.logging.Logger others = LogManager.getLogManager().getLogger("");
            if (others != null) {
                others.setLevel(java.util.logging.Level.ALL);
            }
        }
        LineAppender lines = new LineAppender(
                LineFormat.of(setting.format()),
                new Redaction(setting.secrets()),
                new FileOutputStream(FileDescriptor.err));
        lines.setContext(context);
        lines.setName("stderr");
        lines.start();
        Appender<ILoggingEvent> before = root.getAppender(lines.getName());
        root.addAppender(lines);
        if (before != null) {
            root.detachAppender(before);
            before.stop();
        }
    }
}
