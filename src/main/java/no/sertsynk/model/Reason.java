package no.sertsynk.model;

/**
 * A reason code with one line of text that says what was expected, what was found and what to do. The text may hold what
 * servers sent; whoever shows it escapes it.
 */
public record Reason(ReasonCode code, String message) {
    public Reason {
        message = message.strip();
        if (message.isEmpty()) {
            throw new IllegalArgumentException("a reason needs a message");
        }
    }

    public static Reason of(ReasonCode code, String message) {
        return new Reason(code, message);
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
