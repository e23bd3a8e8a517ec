package no.sertsynk.service.observe;

import java.util.Locale;
import java.util.Optional;
import no.sertsynk.model.ReasonCode;

/** What of a certificate is checked, as figures tell it apart. */
enum Check {
    TRUST,
    TIME,
    REVOCATION,
    PROFILE,
    ORGANIZATION,
    REGISTER;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The check that the reason speaks of; empty if it speaks of no certificate. */
    static Optional<Check> of(ReasonCode code) {
        return switch (code) {
            case UNTRUSTED, BAD_SIGNATURE, PATH_CONSTRAINT, MALFORMED_CERTIFICATE -> Optional.of(TRUST);
            case EXPIRED, NOT_YET_VALID -> Optional.of(TIME);
            case REVOKED, REVOCATION_UNKNOWN -> Optional.of(REVOCATION);
            case WRONG_KEY_USAGE, WRONG_POLICY, WEAK_KEY, WEAK_SIGNATURE -> Optional.of(PROFILE);
            case WRONG_ORGANIZATION -> Optional.of(ORGANIZATION);
            case REGISTER_MISMATCH -> Optional.of(REGISTER);
            case LDAP_STRING_MISSING,
                    LDAP_STRING_MALFORMED,
                    HOST_NOT_ALLOWED,
                    ENTRY_NOT_FOUND,
                    AMBIGUOUS,
                    DIRECTORY_UNAVAILABLE,
                    REGISTER_UNAVAILABLE,
                    PARTY_UNKNOWN,
                    PARTY_INACTIVE,
                    KEYSTORE_FAILED,
                    HOOK_FAILED,
                    LIMIT_EXCEEDED,
                    GUARD,
                    CONNECTION_FAILED,
                    WRONG_NAME -> Optional.empty();
        };
    }
}
