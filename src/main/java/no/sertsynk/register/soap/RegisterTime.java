package no.sertsynk.register.soap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Times as the register writes them: without a zone they are Norwegian. */
final class RegisterTime {
    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    private RegisterTime() {}

    /** The time; empty for empty or unreadable text, since no decision needs it. */
    static Optional<Instant> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(NORWAY).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
