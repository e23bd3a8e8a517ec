package no.sertsynk.model;

import org.jspecify.annotations.Nullable;

/** A failure of one stage for one thing it was asked, with the reason that goes into the report. */
public abstract class StageException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Reason reason;

    protected StageException(Reason reason, @Nullable Throwable cause) {
        super(reason.message(), cause);
        this.reason = reason;
    }

    protected StageException(Reason reason) {
        super(reason.message());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
