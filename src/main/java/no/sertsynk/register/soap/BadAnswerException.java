package no.sertsynk.register.soap;

import org.jspecify.annotations.Nullable;

/** An answer that is not what the protocol promises. The message says what was found. */
final class BadAnswerException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String found;
    private final boolean limitExceeded;

    private BadAnswerException(String found, boolean limitExceeded, @Nullable Throwable cause) {
        super(found, cause);
        this.found = found;
        this.limitExceeded = limitExceeded;
    }

    static BadAnswerException of(String found) {
        return new BadAnswerException(found, false, null);
    }

    static BadAnswerException of(String found, Throwable cause) {
        return new BadAnswerException(found, false, cause);
    }

    static BadAnswerException tooMuch(String found) {
        return new BadAnswerException(found, true, null);
    }

    String found() {
        return found;
    }

    /** Whether it was too much rather than wrong. */
    boolean isLimitExceeded() {
        return limitExceeded;
    }
}
