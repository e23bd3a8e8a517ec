package no.sertsynk.service.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Points in time that a cron expression names, with seconds first, in a time zone. */
public final class Cron {
    private final CronExpression expression;

    private Cron(CronExpression expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException if there is a mistake in the expression */
    public static Cron parse(String text, ZoneId zone) {
        try {
            CronExpression expression = new CronExpression(text);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return new Cron(expression);
        } catch (ParseException | RuntimeException e) {
            // Some mistakes end in the library's string handling.
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is wrong with the expression; empty if nothing is. */
    public static Optional<String> mistake(String text) {
        try {
            parse(text, ZoneId.of("UTC"));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The first of the points after that time; empty if all have passed. Safe for threads. */
    public synchronized Optional<Instant> next(Instant after) {
        return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
    }
}
