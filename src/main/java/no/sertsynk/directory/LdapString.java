package no.sertsynk.directory;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * An LDAP URL (RFC 4516) that finds certificates, after decoding and repair.
 *
 * @param tls whether the scheme was {@code ldaps}
 * @param host lower case; an IPv6 address without brackets
 * @param port given or by default 389, 636 with TLS
 * @param baseDn decoded, as written; empty text for the root
 * @param attributes decoded; empty if none were named
 * @param filter in the form of RFC 4515, what to send
 * @param serials serial numbers that the filter names, if it names nothing but those
 * @param exact whether it names serial numbers or one entry, so that nothing else can match
 */
public record LdapString(
        boolean tls,
        String host,
        int port,
        String baseDn,
        List<String> attributes,
        Scope scope,
        String filter,
        SortedSet<BigInteger> serials,
        boolean exact) {
    public LdapString {
        attributes = List.copyOf(attributes);
    }

    /** How deep below the base a search goes (RFC 4511, 4.5.1.2). */
    public enum Scope {
        BASE,
        ONE,
        SUB;

        /** The spelling in an LDAP URL. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
