package no.sertsynk.directory;

import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;

/**
 * What one search gave.
 *
 * @param code the server's result; sizeLimitExceeded also if our own limit was met
 * @param tooLarge whether the entries were larger together than is read
 * @param referrals where the server points to; not followed
 */
record Found(ResultCode code, List<SearchResultEntry> entries, boolean tooLarge, List<String> referrals) {
    Found {
        entries = List.copyOf(entries);
        referrals = List.copyOf(referrals);
    }

    /** Whether the server asks to come again later (RFC 4511, appendix A.2). */
    boolean isBusy() {
        return code.equals(ResultCode.BUSY) || code.equals(ResultCode.UNAVAILABLE);
    }

    boolean isWithoutBase() {
        return code.equals(ResultCode.NO_SUCH_OBJECT);
    }
}
