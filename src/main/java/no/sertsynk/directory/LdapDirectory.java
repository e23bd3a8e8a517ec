package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.directory.HostConnections.Found;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;

/** The certificate authorities' directories over LDAPv3, asked anonymously. Referrals are not followed. */
public final class LdapDirectory implements Directory {
    private static final int MAX_ENTRIES = 200;
    private static final int MAX_VALUES = 20;
    private static final int MAX_ROUNDS = 10;
    private static final String CERTIFICATE = "userCertificate";
    private static final String[] ATTRIBUTES = {"userCertificate;binary", CERTIFICATE, "certificateSerialNumber"};

    private final DirectorySettings settings;
    private final Map<String, HostConnections> hosts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> expansions = new ConcurrentHashMap<>();

    private LdapDirectory(DirectorySettings settings) {
        this.settings = settings;
    }

    /** Directories by those settings; connects when first asked. */
    public static LdapDirectory open(DirectorySettings settings) {
        return new LdapDirectory(settings);
    }

    @Override
    public DirectoryAnswer search(LdapString string) throws DirectoryException {
        List<Reason> refusals = settings.policy().refusals(string);
        if (!refusals.isEmpty()) {
            throw new DirectoryException(refusals.getFirst());
        }
        HostConnections host = host(string);
        CaProfile profile = CaProfile.of(string.host());
        Filter filter = FilterTerms.forProfile(DirectoryPolicy.parsed(string), profile);
        AnswerBuilder answer = new AnswerBuilder(string.serials());
        String key = string.host() + " " + string.baseDn();
        List<String> known = expansions.get(key);
        if (known == null) {
            Found found = once(host, string.baseDn(), string.scope(), filter);
            if (!found.code().equals(ResultCode.NO_SUCH_OBJECT)) {
                collect(host, string.baseDn(), string, filter, found, answer, profile);
                return answer.build();
            }
            known = BaseExpansion.of(string.baseDn(), profile, () -> namingContexts(host));
            expansions.put(key, known);
        }
        for (String base : known) {
            Found found = once(host, base, string.scope(), filter);
            if (!found.code().equals(ResultCode.NO_SUCH_OBJECT)) {
                collect(host, base, string, filter, found, answer, profile);
            }
            if (answer.isSatisfied()) {
                break;
            }
        }
        return answer.build();
    }

    private HostConnections host(LdapString string) throws DirectoryException {
        String key = string.host() + ":" + string.port() + (string.tls() ? " tls" : "");
        HostConnections known = hosts.get(key);
        if (known != null) {
            return known;
        }
        URI mapped = settings.policy().hostMap().get(string.host());
        HostConnections made;
        if (mapped == null) {
            InetAddress address = Addresses.publicOnly(string.host());
            made = new HostConnections(string.host(), address, string.port(), string.tls(), settings);
        } else {
            boolean tls = "ldaps".equals(mapped.getScheme());
            int port = mapped.getPort() > 0 ? mapped.getPort() : tls ? 636 : 389;
            InetAddress address = Addresses.trusted(mapped.getHost());
            made = new HostConnections(
                    string.host() + " (" + mapped.getHost() + ":" + port + ")", address, port, tls, settings);
        }
        HostConnections raced = hosts.putIfAbsent(key, made);
        return raced == null ? made : raced;
    }

    private Found once(HostConnections host, String base, LdapString.Scope scope, Filter filter)
            throws DirectoryException {
        return host.search(
                listener -> {
                    SearchRequest request = new SearchRequest(
                            listener,
                            base,
                            ldapScope(scope),
                            DereferencePolicy.NEVER,
                            MAX_ENTRIES,
                            (int) settings.timeout().toSeconds(),
                            false,
                            filter,
                            ATTRIBUTES);
                    request.setFollowReferrals(false);
                    return request;
                },
                MAX_ENTRIES);
    }

    private static SearchScope ldapScope(LdapString.Scope scope) {
        return switch (scope) {
            case BASE -> SearchScope.BASE;
            case ONE -> SearchScope.ONE;
            case SUB -> SearchScope.SUB;
        };
    }

    private List<String> namingContexts(HostConnections host) {
        try {
            Found found = host.search(
                    listener -> new SearchRequest(
                            listener,
                            "",
                            SearchScope.BASE,
                            DereferencePolicy.NEVER,
                            1,
                            (int) settings.timeout().toSeconds(),
                            false,
                            Filter.createPresenceFilter("objectClass"),
                            "namingContexts"),
                    1);
            List<String> contexts = new ArrayList<>();
            for (SearchResultEntry root : found.entries()) {
                String[] values = root.getAttributeValues("namingContexts");
                contexts.addAll(values == null ? List.of() : List.of(values));
            }
            return contexts;
        } catch (DirectoryException e) {
            // A directory that hides its root still has the bases of its profile.
            return List.of();
        }
    }

    /** Takes what a search gave, and goes past a cap that the server does not speak of by excluding what is known. */
    private void collect(
            HostConnections host,
            String base,
            LdapString string,
            Filter filter,
            Found first,
            AnswerBuilder answer,
            CaProfile profile)
            throws DirectoryException {
        Found found = first;
        Map<String, RDN> seen = new LinkedHashMap<>();
        for (int round = 1; ; round++) {
            check(host, found, profile);
            found.entries().forEach(entry -> seen.put(entry.getDN(), rdn(entry)));
            found.entries().forEach(answer::add);
            boolean capped = found.code().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                    || !found.complete()
                    || (profile.resultCap() > 0 && found.entries().size() >= profile.resultCap());
            if (!capped || answer.isSatisfied() || found.entries().isEmpty()) {
                return;
            }
            if (round == MAX_ROUNDS || seen.size() >= MAX_ENTRIES) {
                answer.warn(Reason.of(
                        ReasonCode.LIMIT_EXCEEDED,
                        "expected at most " + MAX_ENTRIES + " entries for one string, found more; the rest was not"
                                + " looked at, ask the party to register a string with serial numbers"));
                return;
            }
            List<Filter> terms = new ArrayList<>();
            terms.add(filter);
            seen.values().forEach(rdn -> terms.add(Filter.createNOTFilter(
                    Filter.createEqualityFilter(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0]))));
            found = once(host, base, string.scope(), Filter.createANDFilter(terms));
        }
    }

    private static RDN rdn(Entry entry) {
        try {
            return new DN(entry.getDN()).getRDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("the library gave an entry without a readable DN", e);
        }
    }

    private static void check(HostConnections host, Found found, CaProfile profile) throws DirectoryException {
        ResultCode code = found.code();
        if (code.equals(ResultCode.SUCCESS)
                || code.equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                || code.equals(ResultCode.REFERRAL)) {
            return;
        }
        if (code.equals(ResultCode.NO_SUCH_ATTRIBUTE) && profile.decimalSerials()) {
            throw new DirectoryException(Reason.of(
                    ReasonCode.LDAP_STRING_MALFORMED,
                    "expected decimal serial numbers in the string, found others, which " + profile.host()
                            + " refuses; ask the party to correct its string"));
        }
        throw host.unavailable("the result " + code, null);
    }

    @Override
    public void close() {
        hosts.values().forEach(HostConnections::close);
        hosts.clear();
    }

    /** Gathers certificates, each once. */
    private static final class AnswerBuilder {
        private final Set<BigInteger> requested;
        private final Set<BigInteger> missing;
        private final Map<Sha256, PartnerCertificate> certificates = new LinkedHashMap<>();
        private final List<Reason> malformed = new ArrayList<>();
        private final List<Reason> warnings = new ArrayList<>();

        AnswerBuilder(Set<BigInteger> requested) {
            this.requested = requested;
            this.missing = new TreeSet<>(requested);
        }

        boolean isSatisfied() {
            return !requested.isEmpty() && missing.isEmpty();
        }

        void warn(Reason reason) {
            warnings.add(reason);
        }

        void add(SearchResultEntry entry) {
            int values = 0;
            for (Attribute attribute : entry.getAttributes()) {
                if (!attribute.getBaseName().equalsIgnoreCase(CERTIFICATE)) {
                    continue;
                }
                for (byte[] value : attribute.getValueByteArrays()) {
                    if (++values > MAX_VALUES) {
                        warn(Reason.of(
                                ReasonCode.LIMIT_EXCEEDED,
                                "expected at most " + MAX_VALUES + " certificates in one entry, found more in "
                                        + entry.getDN()));
                        return;
                    }
                    addValue(entry, value);
                }
            }
        }

        private void addValue(SearchResultEntry entry, byte[] value) {
            try {
                PartnerCertificate certificate = PartnerCertificate.parse(value);
                if (requested.isEmpty() || requested.contains(certificate.serial())) {
                    certificates.putIfAbsent(certificate.sha256(), certificate);
                    missing.remove(certificate.serial());
                }
            } catch (MalformedCertificateException e) {
                malformed.add(Reason.of(
                        ReasonCode.MALFORMED_CERTIFICATE, e.reason().message() + ", in the entry " + entry.getDN()));
            }
        }

        DirectoryAnswer build() {
            return new DirectoryAnswer(
                    List.copyOf(certificates.values()), malformed, List.copyOf(missing), warnings);
        }
    }
}
