package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Filter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import no.sertsynk.directory.LdapString.Scope;

/**
 * Reads LDAP URLs (RFC 4516) as the register really holds them. What has one possible reading is repaired, and said; what
 * has none or several is refused. The form alone is judged here, not whether the host is allowed or the question wise.
 *
 * <p>A text is split at its literal question marks first and decoded afterwards, once: a question mark inside a filter
 * arrives as {@code %3F}.
 */
public final class LdapStringReader {
    /** Longer than an argument of a command line can be. */
    private static final int MAX_LENGTH = 256 * 1024;

    private static final String ANY_OBJECT = "(objectClass=*)";

    private final List<String> repairs = new ArrayList<>();

    private LdapStringReader() {}

    /** What the text says; never throws. */
    public static LdapStringReading read(String text) {
        LdapStringReader reader = new LdapStringReader();
        try {
            return new LdapStringReading.Readable(reader.parse(text), reader.repairs);
        } catch (UnreadableString e) {
            return new LdapStringReading.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private LdapString parse(String text) throws UnreadableString {
        if (text.length() > MAX_LENGTH) {
            throw new UnreadableString("expected at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        String url = UrlEdges.trim(text, repairs);
        boolean tls = url.charAt(4) != ':';
        String rest = url.substring(url.indexOf("://") + 3);
        UrlText.refuseControls(rest, "string");
        noteIllegalCharacters(rest);
        int end = endOfAuthority(rest);
        String[] parts = parts(rest.substring(end));
        Authority where = Authority.read(UrlText.decode(rest.substring(0, end), "host"), tls);
        refuseCriticalExtension(parts[4]);
        String baseDn = NameSyntax.read(UrlText.decode(parts[0], "base DN"), repairs);
        List<String> attributes = attributes(parts[1]);
        Scope scope = scope(parts[2]);
        String filterText = filter(parts[3]);
        Filter filter = FilterSyntax.parse(filterText);
        SortedSet<BigInteger> serials = SerialForms.named(filter);
        boolean exact = !serials.isEmpty() || FilterTerms.namesEntries(filter, scope, baseDn);
        return new LdapString(tls, where.host(), where.port(), baseDn, attributes, scope, filterText, serials, exact);
    }

    /** Base DN, attributes, scope, filter and extensions; empty text for what is missing. */
    private String[] parts(String tail) throws UnreadableString {
        if (tail.startsWith("?")) {
            repairs.add("the missing slash after the host was put in");
        }
        String[] found = (tail.startsWith("/") ? tail.substring(1) : tail).split("\\?", -1);
        if (found.length > 5) {
            throw new UnreadableString("expected at most four question marks between parts, found " + (found.length - 1)
                    + "; one inside a part is written %3F");
        }
        String[] parts = {"", "", "", "", ""};
        System.arraycopy(found, 0, parts, 0, found.length);
        return parts;
    }

    private void noteIllegalCharacters(String rest) {
        SortedSet<String> illegal = new TreeSet<>();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (!UrlText.isLegal(c) && !Character.isLowSurrogate(c)) {
                illegal.add(c == ' ' ? "blank" : c > 0x7F ? "beyond ASCII" : String.valueOf(c));
            }
        }
        if (!illegal.isEmpty()) {
            repairs.add("characters that a URL must encode were read as they stand: " + String.join(" ", illegal));
        }
    }

    private static int endOfAuthority(String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    /** Others may be ignored (RFC 4516, 2). A comma inside one is written %2C. */
    private static void refuseCriticalExtension(String extensions) throws UnreadableString {
        for (String extension : extensions.split(",", -1)) {
            String decoded = UrlText.trim(UrlText.decode(extension, "extensions"));
            if (decoded.startsWith("!")) {
                throw new UnreadableString("expected no critical extension, found " + UnreadableString.quote(decoded));
            }
        }
    }

    private List<String> attributes(String part) throws UnreadableString {
        List<String> attributes = new ArrayList<>();
        if (part.isEmpty()) {
            return attributes;
        }
        for (String attribute : UrlText.decode(part, "attributes").split(",", -1)) {
            String name = withoutBlanks(attribute, "an attribute");
            if (!name.equals("*") && !name.equals("+") && !AttributeNames.isDescription(name)) {
                throw new UnreadableString("expected names of attributes, found " + UnreadableString.quote(name));
            }
            attributes.add(name);
        }
        return attributes;
    }

    private Scope scope(String part) throws UnreadableString {
        String scope = withoutBlanks(UrlText.decode(part, "scope"), "the scope");
        return switch (scope.toLowerCase(Locale.ROOT)) {
            case "", "base" -> Scope.BASE;
            case "one" -> Scope.ONE;
            case "sub" -> Scope.SUB;
            default ->
                throw new UnreadableString(
                        "expected the scope base, one or sub, found " + UnreadableString.quote(scope));
        };
    }

    private String filter(String part) throws UnreadableString {
        String text = withoutBlanks(UrlText.decode(part, "filter"), "the filter");
        return text.isEmpty() ? ANY_OBJECT : FilterSyntax.read(text, repairs);
    }

    private String withoutBlanks(String text, String what) {
        String trimmed = UrlText.trim(text);
        if (trimmed.length() < text.length()) {
            repairs.add("white space around " + what + " was taken away");
        }
        return trimmed;
    }
}
