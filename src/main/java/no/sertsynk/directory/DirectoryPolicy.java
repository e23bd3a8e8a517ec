package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Which strings may be used and where their hosts are reached. Pure.
 *
 * @param allow hosts, as {@code host} (port 389, with TLS 636) or {@code host:port}
 * @param hostMap where a host is reached instead; never allows a host by itself
 */
public record DirectoryPolicy(List<String> allow, Map<String, URI> hostMap) {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_TERMS = 50;

    public DirectoryPolicy {
        allow = allow.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        hostMap = Map.copyOf(hostMap);
    }

    /** The known directories of an environment, or of all if none is given. */
    public static DirectoryPolicy ofEnvironment(Optional<String> environment) {
        return new DirectoryPolicy(CaProfile.hosts(environment), Map.of());
    }

    /** Why the string may not be used; empty if it may. */
    public List<Reason> refusals(LdapString string) {
        List<Reason> refusals = new ArrayList<>();
        hostRefusal(string).ifPresent(refusals::add);
        if (!asksForCertificate(string)) {
            refusals.add(malformed("expected a string that asks for userCertificate, found one that asks for no"
                    + " certificate: " + String.join(",", string.attributes())));
        }
        if (string.filter().length() + string.baseDn().length() > MAX_LENGTH) {
            refusals.add(limit("characters", MAX_LENGTH, string.filter().length() + string.baseDn().length()));
            return refusals;
        }
        filterRefusals(string, refusals);
        return refusals;
    }

    private static void filterRefusals(LdapString string, List<Reason> refusals) {
        Filter filter = parsed(string);
        List<Filter> terms = FilterTerms.terms(filter);
        if (terms.size() > MAX_TERMS) {
            refusals.add(limit("filter terms", MAX_TERMS, terms.size()));
        }
        List<String> unknown = FilterTerms.unknownAttributes(filter);
        if (!unknown.isEmpty()) {
            refusals.add(malformed(
                    "expected a filter of attributes that name a certificate's owner, found " + unknown));
        }
        boolean entry = FilterTerms.isEntry(string.baseDn());
        if (string.scope() == LdapString.Scope.BASE && !entry) {
            refusals.add(malformed("expected a scope (sub) or the DN of an entry, found scope base at '"
                    + string.baseDn() + "', which names nobody"));
        } else if (!entry && !FilterTerms.namesSomebody(filter)) {
            refusals.add(malformed("expected a filter that says whose certificate it is, found " + string.filter()
                    + ", which names nobody"));
        }
    }

    static Filter parsed(LdapString string) {
        try {
            return Filter.create(string.filter());
        } catch (LDAPException e) {
            throw new IllegalArgumentException("the filter was read before: " + string.filter(), e);
        }
    }

    private Optional<Reason> hostRefusal(LdapString string) {
        int usual = string.tls() ? 636 : 389;
        boolean allowed = allow.contains(string.host() + ":" + string.port())
                || (string.port() == usual && allow.contains(string.host()));
        return allowed
                ? Optional.empty()
                : Optional.of(Reason.of(
                        ReasonCode.HOST_NOT_ALLOWED,
                        "expected one of the allowed directories " + allow + ", found " + string.host() + ":"
                                + string.port() + "; if it is right, add it to directories.allow"));
    }

    private static boolean asksForCertificate(LdapString string) {
        return string.attributes().isEmpty()
                || string.attributes().stream().anyMatch(attribute -> {
                    String name = attribute.toLowerCase(Locale.ROOT);
                    return name.equals("*") || name.equals("usercertificate") || name.equals("usercertificate;binary");
                });
    }

    private static Reason malformed(String message) {
        return Reason.of(ReasonCode.LDAP_STRING_MALFORMED, message);
    }

    private static Reason limit(String what, int most, int found) {
        return Reason.of(
                ReasonCode.LIMIT_EXCEEDED, "expected at most " + most + " " + what + " in the string, found " + found);
    }
}
