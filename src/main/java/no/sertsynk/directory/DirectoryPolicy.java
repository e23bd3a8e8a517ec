package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Which strings may be used and where their hosts are reached. Pure.
 *
 * @param allow hosts, as {@code host} (port 389, with TLS 636) or {@code host:port}; an IPv6 address with a port stands in
 *     brackets
 * @param hostMap where a host is reached instead; never allows a host by itself
 */
public record DirectoryPolicy(List<String> allow, Map<String, URI> hostMap) {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_TERMS = 50;
    private static final int MAX_DEPTH = 8;

    public DirectoryPolicy {
        allow = allow.stream().map(DirectoryPolicy::canonical).toList();
        Map<String, URI> mapped = new HashMap<>();
        hostMap.forEach((host, target) -> mapped.put(canonical(host), target));
        hostMap = Map.copyOf(mapped);
    }

    /** The known directories of an environment, or of all if none is given. */
    public static DirectoryPolicy ofEnvironment(Optional<String> environment) {
        return new DirectoryPolicy(CaProfile.hosts(environment), Map.of());
    }

    private static String canonical(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** All of it in one text, the same for policies that are equal. */
    String text() {
        return String.join(",", new TreeSet<>(allow)) + new TreeMap<>(hostMap);
    }

    /** Why the string may not be used; empty if it may. */
    public List<Reason> refusals(LdapString string) {
        List<Reason> refusals = new ArrayList<>();
        if (!isAllowed(string)) {
            refusals.add(Reason.of(
                    ReasonCode.HOST_NOT_ALLOWED,
                    "expected one of the allowed directories " + allow + ", found " + string.host() + ":"
                            + string.port() + "; if it is right, add it to directories.allow"));
        }
        if (!asksForCertificate(string)) {
            refusals.add(malformed("expected a string that asks for userCertificate, found one that asks for no"
                    + " certificate: " + UnreadableString.quote(String.join(",", string.attributes()))));
        }
        int length = string.filter().length()
                + string.baseDn().length()
                + string.attributes().stream().mapToInt(String::length).sum();
        if (length > MAX_LENGTH) {
            refusals.add(limit("characters", MAX_LENGTH, length));
        } else {
            filterRefusals(string, refusals);
        }
        return refusals;
    }

    private boolean isAllowed(LdapString string) {
        String host = string.host();
        String withPort = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + string.port();
        return allow.contains(withPort) || (string.port() == Authority.usualPort(string.tls()) && allow.contains(host));
    }

    private static void filterRefusals(LdapString string, List<Reason> refusals) {
        Filter filter = parsed(string);
        int terms = FilterTerms.terms(filter).size();
        if (terms > MAX_TERMS) {
            refusals.add(limit("filter terms", MAX_TERMS, terms));
        }
        if (FilterTerms.depth(filter) > MAX_DEPTH) {
            refusals.add(limit("levels of the filter", MAX_DEPTH, FilterTerms.depth(filter)));
        }
        List<String> unknown = FilterTerms.unknownAttributes(filter);
        if (!unknown.isEmpty()) {
            refusals.add(malformed(
                    "expected a filter of attributes that name a certificate or its owner, found " + unknown));
        }
        List<String> broken = FilterTerms.brokenSerials(filter);
        if (!broken.isEmpty()) {
            refusals.add(malformed("expected serial numbers in decimal or hexadecimal digits, found " + broken));
        }
        namelessness(string, filter).ifPresent(found -> refusals.add(malformed(found)));
    }

    private static Optional<String> namelessness(LdapString string, Filter filter) {
        boolean entry = FilterTerms.isEntry(string.baseDn());
        return switch (string.scope()) {
            case BASE ->
                entry
                        ? Optional.empty()
                        : Optional.of("expected the scope sub or the DN of an entry, found the scope base at '"
                                + string.baseDn() + "', which names nobody");
            case ONE, SUB ->
                (entry && string.scope() == LdapString.Scope.SUB) || FilterTerms.namesSomebody(filter)
                        ? Optional.empty()
                        : Optional.of("expected a filter that says whose certificate it is, found " + string.filter()
                                + ", which names nobody");
        };
    }

    static Filter parsed(LdapString string) {
        try {
            return Filter.create(string.filter());
        } catch (LDAPException e) {
            throw new IllegalArgumentException("the filter was read before: " + string.filter(), e);
        }
    }

    private static boolean asksForCertificate(LdapString string) {
        return string.attributes().isEmpty()
                || string.attributes().stream().anyMatch(attribute -> switch (attribute.toLowerCase(Locale.ROOT)) {
                    case "*", "usercertificate", "usercertificate;binary", "2.5.4.36", "2.5.4.36;binary" -> true;
                    default -> false;
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
