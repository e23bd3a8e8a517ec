package no.sertsynk.register.soap;

import java.io.IOException;

/** The answer was longer than we read; asking again would not help. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
        super("an answer of more than " + limit + " bytes");
    }
}
