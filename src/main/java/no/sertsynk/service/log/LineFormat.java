package no.sertsynk.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** How an event becomes lines. Every text in it may come from a hostile source. */
interface LineFormat {
    /** Whole lines, with a line end behind each. */
    String lines(ILoggingEvent event, Redaction redaction);

    static LineFormat of(Logs.Format format) {
        return switch (format) {
            case TEXT -> new TextLines(LineFormat::timeAndLevel);
            case JOURNAL -> new TextLines(LineFormat::priority);
            case JSON -> new JsonLines();
        };
    }

    DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private static String timeAndLevel(ILoggingEvent event) {
        return TIME.format(event.getInstant()) + " " + String.format("%-5s ", event.getLevel());
    }

    /** As {@code sd-daemon(3)} has it: a line without one would count as of the priority info. */
    private static String priority(ILoggingEvent event) {
        Level level = event.getLevel();
        int priority = level.isGreaterOrEqual(Level.ERROR)
                ? 3
                : level.isGreaterOrEqual(Level.WARN) ? 4 : level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
        return "<" + priority + ">";
    }

    /** The values that come with an event, in their order; the run's id is the last. */
    static Map<String, String> values(ILoggingEvent event) {
        Map<String, String> values = new LinkedHashMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> values.put(pair.key, String.valueOf(pair.value)));
        }
        values.putAll(event.getMDCPropertyMap());
        return values;
    }

    /** What was thrown and where, cause after cause; a bounded number of lines. */
    static List<String> trace(@Nullable IThrowableProxy thrown) {
        List<String> lines = new ArrayList<>();
        int causes = 0;
        for (IThrowableProxy at = thrown; at != null && causes < MOST_CAUSES; at = at.getCause()) {
            lines.add((causes == 0 ? "" : "caused by ") + at.getClassName() + ": " + at.getMessage());
            StackTraceElementProxy[] frames = at.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                lines.add("  " + frames[i].getSTEAsString());
            }
            causes++;
        }
        return lines;
    }

    int MOST_CAUSES = 8;
    int MOST_FRAMES = 40;

    /** Lines for people. A trace goes on lines of its own, each with the same beginning. */
    record TextLines(Function<ILoggingEvent, String> beginning) implements LineFormat {
        @Override
        public String lines(ILoggingEvent event, Redaction redaction) {
            StringBuilder text = new StringBuilder(beginning.apply(event));
            String name = event.getLoggerName();
            text.append(LogText.escaped(name.substring(name.lastIndexOf('.') + 1)))
                    .append(' ')
                    .append(LogText.escaped(redaction.apply(String.valueOf(event.getFormattedMessage()))));
            values(event)
                    .forEach((key, value) -> text.append(' ')
                            .append(LogText.escaped(key))
                            .append('=')
                            .append(quoted(LogText.escaped(redaction.apply(value)))));
            text.append('\n');
            for (String line : trace(event.getThrowableProxy())) {
                text.append(beginning.apply(event))
                        .append("  ")
                        .append(LogText.escaped(redaction.apply(line)))
                        .append('\n');
            }
            return text.toString();
        }

        /** A value with blanks in it must not look like several. */
        private static String quoted(String value) {
            boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c == ' ' || c == '"' || c == '=');
            return plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
    }
}
