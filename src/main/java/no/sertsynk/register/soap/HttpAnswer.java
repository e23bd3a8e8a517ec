package no.sertsynk.register.soap;

/**
 * An HTTP answer, read to its end.
 *
 * @param contentType as sent, empty text if there was none
 * @param contentEncoding as sent, empty text if there was none
 * @param retryAfter as sent, empty text if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once
record HttpAnswer(int status, String contentType, String contentEncoding, String retryAfter, byte[] body) {
    /** Whether the server does not accept our account, or not for this. */
    boolean isRefusal() {
        return status == 401 || status == 403;
    }

    /** Whether the server says that the same question may be answered in a moment. */
    boolean isTransient() {
        return status == 502 || status == 503 || status == 504;
    }
}
