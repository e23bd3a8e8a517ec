package no.sertsynk.model;

import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** How X.500 names are written for people. */
public final class DistinguishedNames {
    private static final Map<String, String> KEYWORDS = Map.of(
            "2.5.4.5", "serialNumber",
            "2.5.4.97", "organizationIdentifier",
            "1.2.840.113549.1.9.1", "emailAddress");

    private DistinguishedNames() {}

    /** The name in the order of RFC 4514 (most specific first), with the attribute names of Norwegian certificates. */
    public static String text(X500Principal name) {
        return name.getName(X500Principal.RFC2253, KEYWORDS);
    }
}
