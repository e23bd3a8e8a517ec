package no.sertsynk.model;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** How X.500 names are written for people. */
public final class DistinguishedNames {
    private static final Map<String, String> KEYWORDS = Map.of(
            "2.5.4.5", "serialNumber",
            "2.5.4.97", "organizationIdentifier",
            "1.2.840.113549.1.9.1", "emailAddress");

    /** The same by upper-case name, as the platform wants them. */
    private static final Map<String, String> OIDS = KEYWORDS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                    entry -> entry.getValue().toUpperCase(Locale.ROOT), Map.Entry::getKey));

    private DistinguishedNames() {}

    /** The name in the order of RFC 4514 (most specific first), with the attribute names of Norwegian certificates. */
    public static String text(X500Principal name) {
        return name.getName(X500Principal.RFC2253, KEYWORDS);
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException if it is no distinguished name
     */
    public static X500Principal parse(String text) {
        return new X500Principal(text, OIDS);
    }
}
