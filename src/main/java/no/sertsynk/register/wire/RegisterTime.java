package no.sertsynk.register.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The register's times: {@code 2015-05-18T10:44:06.663}, with 0 to 9 digits of fraction. Without a zone they are
 * Norwegian. A time in the hour that is skipped in spring is read an hour later, one in the hour that comes twice in
 * autumn as the first of the two.
 */
public final class RegisterTime {
    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");
    private static final int WITHOUT_FRACTION = 19;
    private static final int MAX_FRACTION = 9;

    private RegisterTime() {}

    /** Empty for anything that is no such time. */
    public static Optional<Instant> parse(String given) {
        String text = given.strip();
        if (text.length() < WITHOUT_FRACTION
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        int zoneStart = endOfFraction(text);
        int fractionDigits = Math.max(0, zoneStart - WITHOUT_FRACTION - 1);
        if (fractionDigits > MAX_FRACTION || zoneStart == WITHOUT_FRACTION + 1) {
            return Optional.empty();
        }
        int nanos = fractionDigits == 0 ? 0 : Digits.read(text, WITHOUT_FRACTION + 1, fractionDigits);
        for (int i = fractionDigits; i < MAX_FRACTION; i++) {
            nanos *= 10;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    Digits.read(text, 0, 4),
                    Digits.read(text, 5, 2),
                    Digits.read(text, 8, 2),
                    Digits.read(text, 11, 2),
                    Digits.read(text, 14, 2),
                    Digits.read(text, 17, 2),
                    nanos);
            return Optional.of(local.atZone(zone(text.substring(zoneStart))).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // no such day, time or zone
        }
    }

    private static int endOfFraction(String text) {
        int at = WITHOUT_FRACTION;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
        }
        return at;
    }

    private static ZoneId zone(String text) {
        return text.isEmpty() ? NORWAY : ZoneOffset.of(text);
    }
}
