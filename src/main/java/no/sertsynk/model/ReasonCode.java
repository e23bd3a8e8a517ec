package no.sertsynk.model;

/** Why something was refused, left undetermined or withheld. The spelling is a public contract (JSON, metrics). */
public enum ReasonCode {
    EXPIRED,
    NOT_YET_VALID,
    REVOKED,
    REVOCATION_UNKNOWN,
    UNTRUSTED,
    BAD_SIGNATURE,
    /** Any other failure of RFC 5280 path validation. */
    PATH_CONSTRAINT,
    WRONG_KEY_USAGE,
    WRONG_ORGANIZATION,
    WRONG_POLICY,
    WEAK_KEY,
    WEAK_SIGNATURE,
    MALFORMED_CERTIFICATE,
    LDAP_STRING_MISSING,
    LDAP_STRING_MALFORMED,
    HOST_NOT_ALLOWED,
    ENTRY_NOT_FOUND,
    AMBIGUOUS,
    REGISTER_MISMATCH,
    DIRECTORY_UNAVAILABLE,
    REGISTER_UNAVAILABLE,
    PARTY_UNKNOWN,
    PARTY_INACTIVE,
    KEYSTORE_FAILED,
    HOOK_FAILED,
    /** Too large, too slow or too many. */
    LIMIT_EXCEEDED,
    GUARD,
    /** A service could not be reached, or no TLS connection came about. */
    CONNECTION_FAILED,
    /** A TLS certificate does not name the host that presents it. */
    WRONG_NAME;

    /** Whether the code says that somebody who had to be asked did not answer. */
    public boolean isUndetermined() {
        return switch (this) {
            case REVOCATION_UNKNOWN, DIRECTORY_UNAVAILABLE, REGISTER_UNAVAILABLE -> true;
            default -> false;
        };
    }
}
