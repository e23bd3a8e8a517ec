package no.sertsynk.sandbox;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the in-memory server behave as an authority's directory does. Called by the server's threads. */
final class SandboxDirectoryQuirks extends InMemoryOperationInterceptor {
    private static final String RETURNED = "returned";

    private final SandboxDirectoryProfile profile;
    private volatile @Nullable InMemoryDirectoryServer server;

    SandboxDirectoryQuirks(SandboxDirectoryProfile profile) {
        this.profile = profile;
    }

    /** The server that searches under a cut-off base are sent on to. */
    void serve(InMemoryDirectoryServer made) {
        server = made;
    }

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
        ReadOnlySearchRequest search = request.getRequest();
        AtomicInteger returned = new AtomicInteger();
        request.setProperty(RETURNED, returned);
        if (!profile.hexadecimalSerials()) {
            refuseHexadecimal(search.getFilter());
        }
        InMemoryDirectoryServer behind = server;
        if (profile.readsBaseAsPrefix() && behind != null && behind.getEntry(search.getBaseDN()) == null) {
            List<String> meant = meant(new DN(search.getBaseDN()));
            for (String base : meant.subList(0, Math.max(0, meant.size() - 1))) {
                for (SearchResultEntry entry : found(behind, base, search)) {
                    if (mayReturn(returned)) {
                        request.sendSearchEntry(entry);
                    }
                }
            }
            if (!meant.isEmpty()) {
                request.setRequest(at(meant.getLast(), search));
            }
        }
    }

    private static void refuseHexadecimal(Filter filter) throws LDAPException {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    refuseHexadecimal(component);
                }
            }
            case Filter.FILTER_TYPE_NOT -> refuseHexadecimal(filter.getNOTComponent());
            case Filter.FILTER_TYPE_EQUALITY -> {
                if (filter.getAttributeName().equalsIgnoreCase("certificateSerialNumber")
                        && !filter.getAssertionValue().matches("[0-9]+")) {
                    throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "no such attribute");
                }
            }
            default -> {}
        }
    }

    /** The trees whose top begins with the top of that name. */
    private List<String> meant(DN written) throws LDAPException {
        List<String> meant = new ArrayList<>();
        for (String base : profile.bases()) {
            RDN[] real = new DN(base).getRDNs();
            RDN[] cut = written.getRDNs();
            boolean same = cut.length == real.length
                    && lower(real[real.length - 1]).startsWith(lower(cut[cut.length - 1]))
                    && written.getParent() != null;
            for (int i = 0; same && i < real.length - 1; i++) {
                same = real[i].equals(cut[i]);
            }
            if (same) {
                meant.add(base);
            }
        }
        return meant;
    }

    private static String lower(RDN rdn) {
        return rdn.toNormalizedString().toLowerCase(Locale.ROOT);
    }

    private static List<SearchResultEntry> found(
            InMemoryDirectoryServer behind, String base, ReadOnlySearchRequest search) {
        try {
            return behind.search(at(base, search)).getSearchEntries();
        } catch (LDAPSearchException e) {
            return e.getSearchEntries() == null ? List.of() : e.getSearchEntries();
        }
    }

    private static SearchRequest at(String base, ReadOnlySearchRequest search) {
        SearchRequest other = search.duplicate();
        other.setBaseDN(base);
        return other;
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
        if (entry.getProperty(RETURNED) instanceof AtomicInteger returned && !mayReturn(returned)) {
            entry.setSearchEntry(null);
        }
    }

    private boolean mayReturn(AtomicInteger returned) {
        int count = returned.incrementAndGet();
        return profile.resultCap() == 0 || count <= profile.resultCap();
    }
}
