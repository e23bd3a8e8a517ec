package no.sertsynk.register.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The one form of date that HTTP servers send: {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). */
public final class HttpDate {
    private static final int LENGTH = 29;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private HttpDate() {}

    /** Empty for anything else. */
    public static Optional<Instant> parse(String text) {
        if (text.length() != LENGTH || !text.endsWith(" GMT")) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(text.substring(8, 11));
        if (month < 0 || month % 3 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            Digits.read(text, 12, 4),
                            month / 3 + 1,
                            Digits.read(text, 5, 2),
                            Digits.read(text, 17, 2),
                            Digits.read(text, 20, 2),
                            Digits.read(text, 23, 2))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // no such day or time
        }
    }
}
