package no.sertsynk.keystore;

import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.StageException;

/** A keystore could not be read or replaced; the file is as it was. The reason is always KEYSTORE_FAILED. */
public final class KeystoreException extends StageException {
    private static final long serialVersionUID = 1L;

    public KeystoreException(String message, Throwable cause) {
        super(Reason.of(ReasonCode.KEYSTORE_FAILED, message), cause);
    }

    public KeystoreException(String message) {
        super(Reason.of(ReasonCode.KEYSTORE_FAILED, message));
    }
}
