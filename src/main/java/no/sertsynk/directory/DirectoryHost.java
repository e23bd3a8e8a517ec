package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import no.sertsynk.directory.LdapString.Scope;
import org.jspecify.annotations.Nullable;

/** One directory during one run: its connections, its profile, and what was learnt about its bases. */
final class DirectoryHost implements AutoCloseable {
    static final int MAX_ENTRIES = 200;
    private static final String NAMING_CONTEXTS = "namingContexts";
    private static final String[] ATTRIBUTES = {
        AnswerBuilder.CERTIFICATE + ";binary", AnswerBuilder.CERTIFICATE, "certificateSerialNumber"
    };

    private final CaProfile profile;
    private final HostConnections connections;
    private final int timeLimitSeconds;
    private final Map<String, SearchBases> expanded = new ConcurrentHashMap<>();
    /** Saves work: naming contexts are asked for once. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable List<String> namingContexts;

    DirectoryHost(CaProfile profile, Endpoint endpoint, DirectorySettings settings) {
        this.profile = profile;
        this.connections = new HostConnections(endpoint, settings);
        // Zero would mean no limit.
        this.timeLimitSeconds = (int) Math.clamp(settings.timeout().toSeconds(), 1, Integer.MAX_VALUE);
    }

    CaProfile profile() {
        return profile;
    }

    HostConnections connections() {
        return connections;
    }

    Found search(String base, Scope scope, Filter filter) throws DirectoryException {
        return connections.search(
                listener -> request(new SearchRequest(
                        listener,
                        base,
                        ldapScope(scope),
                        DereferencePolicy.NEVER,
                        MAX_ENTRIES,
                        timeLimitSeconds,
                        false,
                        filter,
                        ATTRIBUTES)),
                MAX_ENTRIES);
    }

    private static SearchRequest request(SearchRequest request) {
        request.setFollowReferrals(false);
        // The time limit is kept by whoever waits; the library would start a timer for each search.
        request.setResponseTimeoutMillis(0);
        return request;
    }

    private static SearchScope ldapScope(Scope scope) {
        return switch (scope) {
            case BASE -> SearchScope.BASE;
            case ONE -> SearchScope.ONE;
            case SUB -> SearchScope.SUB;
        };
    }

    /** What the base is known to stand for; empty if it has not been found to be cut off. */
    Optional<SearchBases> expansion(String base) {
        return Optional.ofNullable(expanded.get(base));
    }

    /** What a base that the directory does not have may stand for by the profile, else by its naming contexts. */
    SearchBases expand(String base) throws DirectoryException {
        List<String> bases = BaseExpansion.of(base, profile.bases());
        return bases.isEmpty()
                ? expandByContexts(base)
                : expanded.computeIfAbsent(base, absent -> new SearchBases(bases, false));
    }

    /** The naming contexts instead, for a directory that has none of the profile's bases. */
    SearchBases expandByContexts(String base) throws DirectoryException {
        SearchBases made = new SearchBases(BaseExpansion.of(base, namingContexts()), true);
        return expanded.merge(base, made, (known, another) -> known.isLast() ? known : another);
    }

    private List<String> namingContexts() throws DirectoryException {
        lock.lock();
        try {
            List<String> known = namingContexts;
            if (known == null) {
                known = askForNamingContexts();
                namingContexts = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private List<String> askForNamingContexts() throws DirectoryException {
        Found found = connections.search(
                listener -> request(new SearchRequest(
                        listener,
                        "",
                        SearchScope.BASE,
                        DereferencePolicy.NEVER,
                        1,
                        timeLimitSeconds,
                        false,
                        Filter.createPresenceFilter("objectClass"),
                        NAMING_CONTEXTS)),
                1);
        List<String> contexts = new ArrayList<>();
        for (SearchResultEntry root : found.entries()) {
            String[] values = root.getAttributeValues(NAMING_CONTEXTS);
            contexts.addAll(values == null ? List.of() : List.of(values));
        }
        return contexts.subList(0, Math.min(contexts.size(), MAX_ENTRIES));
    }

    @Override
    public void close() {
        connections.close();
    }
}
