package no.sertsynk.config;

import no.sertsynk.config.Configuration.Log;

/** Reads {@code log}: how the lines on standard error look, and how much they tell. */
final class LogReader {
    private LogReader() {}

    static Log read(Section section, Values values) {
        Log log = new Log(values.oneOf(section, "format").orElse("auto"), values.oneOf(section, "level"));
        section.finish();
        return log;
    }
}
