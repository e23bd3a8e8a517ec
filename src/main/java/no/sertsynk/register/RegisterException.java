package no.sertsynk.register;

import no.sertsynk.model.Reason;
import no.sertsynk.model.StageException;
import org.jspecify.annotations.Nullable;

/** The register gave no usable answer: PARTY_UNKNOWN, REGISTER_UNAVAILABLE or LIMIT_EXCEEDED. */
public final class RegisterException extends StageException {
    private static final long serialVersionUID = 1L;
    private final boolean fatal;

    private RegisterException(Reason reason, boolean fatal, @Nullable Throwable cause) {
        super(reason, cause);
        this.fatal = fatal;
    }

    /** A failure of this one question; another party may be answered. */
    public static RegisterException of(Reason reason, Throwable cause) {
        return new RegisterException(reason, false, cause);
    }

    public static RegisterException of(Reason reason) {
        return new RegisterException(reason, false, null);
    }

    /** A failure that every further question would meet, such as a wrong password: asking on could lock the account. */
    public static RegisterException fatal(Reason reason) {
        return new RegisterException(reason, true, null);
    }

    public boolean isFatal() {
        return fatal;
    }
}
