package no.sertsynk.register.wire;

import java.io.IOException;

/** The answer was longer than we read; asking again would not help. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    public TooLargeException(long limit) {
        super("an answer of more than " + limit + " bytes");
    }
}
