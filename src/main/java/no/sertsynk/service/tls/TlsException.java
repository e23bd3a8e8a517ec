package no.sertsynk.service.tls;

import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.StageException;

/** A connection or a handshake that came to nothing. */
final class TlsException extends StageException {
    private static final long serialVersionUID = 1L;

    TlsException(ReasonCode code, String message) {
        super(Reason.of(code, message));
    }

    TlsException(ReasonCode code, String message, Throwable cause) {
        super(Reason.of(code, message), cause);
    }
}
