package no.sertsynk.state;

/** The state cannot be used: held by another run, of a newer version, damaged, or out of reach. The message says which. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
