package no.sertsynk.config;

import java.time.Duration;
import java.util.Optional;
import no.sertsynk.config.Configuration.Rollover;

/** Reads {@code rollover}: how long the previous certificate stays, and how much may go at once. */
final class RolloverReader {
    private static final String UNTIL_EXPIRY = "until-expiry";

    private RolloverReader() {}

    static Rollover read(Section section, Values values) {
        boolean untilExpiry = section.text("keepPrevious").orElse(UNTIL_EXPIRY).equals(UNTIL_EXPIRY);
        Optional<Duration> keep = untilExpiry ? Optional.empty() : values.duration(section, "keepPrevious");
        Rollover rollover = new Rollover(
                keep,
                values.percent(section, "maxChange").orElse(50),
                values.duration(section, "cutOverWarning").orElse(Duration.ofDays(14)));
        section.finish();
        return rollover;
    }
}
