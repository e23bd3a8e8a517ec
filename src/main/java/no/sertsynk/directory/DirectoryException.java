package no.sertsynk.directory;

import no.sertsynk.model.Reason;
import no.sertsynk.model.StageException;

/** A search gave no usable answer: HOST_NOT_ALLOWED, DIRECTORY_UNAVAILABLE, LDAP_STRING_MALFORMED or LIMIT_EXCEEDED. */
public final class DirectoryException extends StageException {
    private static final long serialVersionUID = 1L;

    public DirectoryException(Reason reason, Throwable cause) {
        super(reason, cause);
    }

    public DirectoryException(Reason reason) {
        super(reason);
    }
}
