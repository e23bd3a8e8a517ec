package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * One string's way through its directory: the string first as it is; where the directory has no such base, those that a
 * cut-off one stands for; where the answer was cut off, again without the entries that are known.
 */
final class CertificateSearch {
    private static final int MAX_ROUNDS = 10;

    private final DirectoryHost host;
    private final LdapString string;
    private final AnswerBuilder answer;
    private final List<Filter> attempts;

    CertificateSearch(DirectoryHost host, LdapString string) {
        this.host = host;
        this.string = string;
        Filter filter = DirectoryPolicy.parsed(string);
        SerialForms forms = host.profile().serials();
        this.attempts = forms.attempts(filter);
        this.answer =
                new AnswerBuilder(string.serials(), string.serials().isEmpty() ? Map.of() : forms.readings(filter));
    }

    DirectoryAnswer run() throws DirectoryException {
        for (Filter filter : attempts) {
            if (!answer.isSatisfied()) {
                search(filter);
            }
        }
        return answer.build();
    }

    private void search(Filter filter) throws DirectoryException {
        Optional<SearchBases> known = host.expansion(string.baseDn());
        if (known.isEmpty() && collect(string.baseDn(), filter)) {
            return;
        }
        SearchBases bases = known.isPresent() ? known.get() : host.expand(string.baseDn());
        boolean any = searchAll(bases, filter);
        if (!any && !bases.isLast()) {
            any = searchAll(host.expandByContexts(string.baseDn()), filter);
        }
        if (!any) {
            answer.warn(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected the base '" + string.baseDn() + "' in the directory "
                            + host.connections().name() + ", found no such base nor one that begins like it;"
                            + " ask the party to correct its string");
        }
    }

    /** Whether one of the bases is there. */
    private boolean searchAll(SearchBases bases, Filter filter) throws DirectoryException {
        boolean any = false;
        for (String base : bases.inOrder()) {
            boolean wasEmpty = answer.isEmpty();
            if (collect(base, filter)) {
                any = true;
                if (wasEmpty && !answer.isEmpty()) {
                    bases.gave(base);
                }
            } else {
                bases.isAbsent(base);
            }
            if (answer.isSatisfied()) {
                break;
            }
        }
        return any;
    }

    /** Takes what one base has, going past a cap by leaving out what is known; false if there is no such base. */
    private boolean collect(String base, Filter filter) throws DirectoryException {
        Map<DN, RDN> seen = new LinkedHashMap<>();
        Filter sent = filter;
        for (int round = 1; ; round++) {
            Found found = host.search(base, string.scope(), sent);
            if (found.isWithoutBase()) {
                return false;
            }
            check(found);
            boolean progress = take(found, seen);
            if (!isCapped(found) || answer.isSatisfied()) {
                return true;
            }
            if (!progress || round == MAX_ROUNDS || seen.size() >= DirectoryHost.MAX_ENTRIES) {
                warnOfMore(seen.size());
                return true;
            }
            sent = without(seen, filter);
        }
    }

    private boolean take(Found found, Map<DN, RDN> seen) {
        boolean progress = false;
        for (SearchResultEntry entry : found.entries()) {
            if (seen.size() >= DirectoryHost.MAX_ENTRIES) {
                break;
            }
            try {
                DN name = entry.getParsedDN();
                if (name.isNullDN() || seen.putIfAbsent(name, name.getRDN()) == null) {
                    progress |= !name.isNullDN();
                    answer.add(entry);
                }
            } catch (LDAPException e) {
                answer.warn(
                        ReasonCode.DIRECTORY_UNAVAILABLE,
                        "expected entries with a DN from the directory "
                                + host.connections().name() + ", found '" + entry.getDN() + "'; it was left out");
            }
        }
        return progress;
    }

    private boolean isCapped(Found found) {
        int cap = host.profile().resultCap();
        return found.code().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                || found.code().equals(ResultCode.ADMIN_LIMIT_EXCEEDED)
                || (cap > 0 && found.entries().size() >= cap);
    }

    private void warnOfMore(int entries) {
        answer.warn(
                ReasonCode.LIMIT_EXCEEDED,
                "expected an answer that can be read to its end, found that the directory "
                        + host.connections().name() + " has more than the " + entries
                        + " entries that were looked at; ask the party for a string with serial numbers");
    }

    private static Filter without(Map<DN, RDN> seen, Filter filter) {
        List<Filter> terms = new ArrayList<>();
        terms.add(filter);
        for (RDN name : seen.values()) {
            List<Filter> parts = new ArrayList<>();
            for (int i = 0; i < name.getAttributeNames().length; i++) {
                parts.add(Filter.createEqualityFilter(
                        name.getAttributeNames()[i], name.getByteArrayAttributeValues()[i]));
            }
            terms.add(Filter.createNOTFilter(parts.size() == 1 ? parts.getFirst() : Filter.createANDFilter(parts)));
        }
        return Filter.createANDFilter(terms);
    }

    private void check(Found found) throws DirectoryException {
        if (!found.referrals().isEmpty()) {
            answer.warn(
                    ReasonCode.HOST_NOT_ALLOWED,
                    "expected entries from the directory " + host.connections().name() + ", found a referral to "
                            + found.referrals() + ", which was not followed");
        }
        if (found.tooLarge()) {
            throw new DirectoryException(Reason.of(
                    ReasonCode.LIMIT_EXCEEDED,
                    "expected entries of 4 MiB at most from the directory "
                            + host.connections().name() + ", found more; ask the party for a string with serial"
                            + " numbers"));
        }
        switch (found.code().intValue()) {
            case ResultCode.SUCCESS_INT_VALUE,
                    ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE,
                    ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE,
                    ResultCode.REFERRAL_INT_VALUE -> {}
            case ResultCode.NO_SUCH_ATTRIBUTE_INT_VALUE,
                    ResultCode.UNDEFINED_ATTRIBUTE_TYPE_INT_VALUE,
                    ResultCode.INAPPROPRIATE_MATCHING_INT_VALUE,
                    ResultCode.INVALID_ATTRIBUTE_SYNTAX_INT_VALUE,
                    ResultCode.INVALID_DN_SYNTAX_INT_VALUE ->
                throw new DirectoryException(Reason.of(
                        ReasonCode.LDAP_STRING_MALFORMED,
                        "expected a base and filter that the directory "
                                + host.connections().name() + " understands, found that it refuses the base '"
                                + string.baseDn() + "' or the filter " + string.filter() + " (" + found.code()
                                + "); ask the party to correct its string"));
            default -> throw host.connections().unavailable("the result " + found.code(), null);
        }
    }
}
