package no.sertsynk.service.admin;

/** A request that is not done; the message is for who sent it. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** @param status of HTTP: 400 for a mistake in the request, 409 if it cannot be done now, 503 if it takes too long */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
