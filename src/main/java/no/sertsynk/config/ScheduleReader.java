package no.sertsynk.config;

import java.time.Duration;
import no.sertsynk.config.Configuration.Schedule;

/** Reads {@code schedule}: when the background service syncs. */
final class ScheduleReader {
    private static final String EVERY_QUARTER = "0 0/15 * * * ?";
    private static final Duration JITTER = Duration.ofMinutes(2);

    private ScheduleReader() {}

    static Schedule read(Section section, Values values, ConfigurationReader.Crons crons) {
        String cron = section.text("cron").orElse(EVERY_QUARTER);
        if (section.has("cron")) {
            crons.mistake(cron)
                    .ifPresent(mistake -> section.mistake(
                            "cron",
                            "expected seconds, minutes, hours, day of month, month, day of week such as '"
                                    + EVERY_QUARTER + "', found '" + cron + "': " + mistake));
        }
        Schedule schedule =
                new Schedule(cron, values.duration(section, "jitter").orElse(JITTER));
        section.finish();
        return schedule;
    }
}
