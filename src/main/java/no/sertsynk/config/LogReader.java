package no.sertsynk.config;

import java.util.List;
import no.sertsynk.config.Configuration.Log;

/** Reads {@code log}: how the lines on standard error look, and how much they tell. */
final class LogReader {
    private static final List<String> FORMATS = List.of("auto", "text", "journal", "json");
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    private LogReader() {}

    static Log read(Section section, Values values) {
        Log log = new Log(
                values.oneOf(section, "format", FORMATS).orElse("auto"), values.oneOf(section, "level", LEVELS));
        section.finish();
        return log;
    }
}
