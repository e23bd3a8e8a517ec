package no.sertsynk.model;

/**
 * Thrown for bytes that are not exactly one X.509 certificate; carries the reason, which is MALFORMED_CERTIFICATE, or
 * LIMIT_EXCEEDED for more bytes than are looked at.
 */
public final class MalformedCertificateException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Reason reason;

    public MalformedCertificateException(String message, Throwable cause) {
        super(message, cause);
        this.reason = Reason.of(ReasonCode.MALFORMED_CERTIFICATE, message);
    }

    public MalformedCertificateException(String message) {
        super(message);
        this.reason = Reason.of(ReasonCode.MALFORMED_CERTIFICATE, message);
    }

    public MalformedCertificateException(Reason reason) {
        super(reason.message());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
