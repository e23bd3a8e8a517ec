package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    /** Longer than any string in use by far. */
    private static final int MAX_LENGTH = 16 * 1024;

    private static final String ANY_OBJECT = "(objectClass=*)";

    private final List<String> repairs = new ArrayList<>();
    private String filterText = ANY_OBJECT;

    private LdapStringReader() {}

    /** What the text says; never throws. */
    public static LdapStringReading read(String text) {
        LdapStringReader reader = new LdapStringReader();
        try {
            return new LdapStringReading.Readable(reader.parse(text), reader.repairs);
        } catch (Unreadable e) {
            return new LdapStringReading.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private LdapString parse(String text) throws Unreadable {
        if (text.length() > MAX_LENGTH) {
            throw new Unreadable("expected at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        String url = fromScheme(trim(text));
        boolean tls = url.substring(0, 5).equalsIgnoreCase("ldaps");
        String rest = url.substring(url.indexOf("://") + 3);
        if (UrlText.hasControl(rest)) {
            throw new Unreadable("expected printable characters, found a control character");
        }
        noteIllegalCharacters(rest);
        int end = endOfAuthority(rest);
        String authority = rest.substring(0, end);
        String tail = rest.substring(end);
        String path = tail.startsWith("/") ? tail.substring(1) : tail;
        String[] parts = path.split("\\?", -1);
        if (parts.length > 5) {
            throw new Unreadable("expected at most four '?', found " + (parts.length - 1));
        }
        Authority where = Authority.read(decode(authority, "host"), tls);
        refuseCriticalExtension(part(parts, 4));
        String baseDn = baseDn(decode(parts[0], "base DN"));
        Scope scope = scope(decode(part(parts, 2), "scope"));
        Filter filter = filter(part(parts, 3));
        SortedSet<BigInteger> serials = FilterTerms.serials(filter);
        boolean exact = !serials.isEmpty() || FilterTerms.namesOneEntry(filter, scope, baseDn);
        return new LdapString(
                tls,
                where.host(),
                where.port(),
                baseDn,
                attributes(part(parts, 1)),
                scope,
                filterText,
                serials,
                exact);
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (end - start < text.length()) {
            repairs.add("white space before or after the string was taken away");
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }

    private String fromScheme(String text) throws Unreadable {
        String lower = text.toLowerCase(Locale.ROOT);
        int plain = lower.indexOf("ldap://");
        int tls = lower.indexOf("ldaps://");
        int start = plain < 0 ? tls : tls < 0 ? plain : Math.min(plain, tls);
        if (start < 0) {
            throw new Unreadable("expected the scheme ldap:// or ldaps://, found none");
        }
        if (lower.indexOf("ldap://", start + 1) >= 0 || lower.indexOf("ldaps://", start + 1) >= 0) {
            throw new Unreadable("expected one LDAP URL, found the scheme twice");
        }
        if (start > 0) {
            String before = text.substring(0, start);
            char last = before.charAt(start - 1);
            if (UrlText.hasControl(before)) {
                throw new Unreadable("expected printable characters, found a control character");
            }
            if (Character.isLetterOrDigit(last) || last == '+' || last == '-' || last == '.') {
                throw new Unreadable("expected the scheme ldap:// or ldaps://, found another");
            }
            repairs.add("text before the scheme was taken away");
        }
        return text.substring(start);
    }

    private void noteIllegalCharacters(String rest) {
        SortedSet<String> illegal = new TreeSet<>();
        boolean brackets = rest.startsWith("[");
        int close = rest.indexOf(']');
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean inLiteral = brackets && i <= close;
            if (!inLiteral && !UrlText.isLegal(c)) {
                illegal.add(c == ' ' ? "blank" : "'" + c + "'");
            }
        }
        if (!illegal.isEmpty()) {
            repairs.add("characters that a URL must encode were read as they stand: " + String.join(" ", illegal));
        }
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static String decode(String part, String what) throws Unreadable {
        Optional<String> decoded = UrlText.decode(part);
        if (decoded.isEmpty()) {
            throw new Unreadable("expected %XX escapes of UTF-8 in the " + what + ", found '" + part + "'");
        }
        if (UrlText.hasControl(decoded.get())) {
            throw new Unreadable("expected printable characters in the " + what + ", found a control character");
        }
        return decoded.get();
    }

    private static void refuseCriticalExtension(String extensions) throws Unreadable {
        for (String extension : decode(extensions, "extensions").split(",", -1)) {
            if (extension.strip().startsWith("!")) {
                throw new Unreadable("expected no critical extension, found '" + extension.strip() + "'");
            }
        }
    }

    private static String baseDn(String text) throws Unreadable {
        try {
            new DN(text);
            return text;
        } catch (LDAPException e) {
            throw new Unreadable("expected a base DN (RFC 4514), found '" + text + "': " + e.getMessage());
        }
    }

    private static List<String> attributes(String part) throws Unreadable {
        List<String> attributes = new ArrayList<>();
        if (part.isEmpty()) {
            return attributes;
        }
        for (String attribute : decode(part, "attributes").split(",", -1)) {
            String name = attribute.strip();
            if (!name.equals("*") && !name.equals("+") && !isAttribute(name)) {
                throw new Unreadable("expected attribute names, found '" + name + "'");
            }
            attributes.add(name);
        }
        return attributes;
    }

    private static boolean isAttribute(String name) {
        return !name.isEmpty()
                && !name.startsWith(";")
                && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == ';' || c == '-' || c == '.');
    }

    private static Scope scope(String text) throws Unreadable {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "base" -> Scope.BASE;
            case "one" -> Scope.ONE;
            case "sub" -> Scope.SUB;
            default -> throw new Unreadable("expected the scope base, one or sub, found '" + text + "'");
        };
    }

    private Filter filter(String part) throws Unreadable {
        String text = decode(part, "filter").strip();
        if (text.isEmpty()) {
            filterText = ANY_OBJECT;
        } else {
            filterText = withParentheses(withoutStrayMark(text));
        }
        try {
            return Filter.create(filterText);
        } catch (LDAPException e) {
            throw new Unreadable("expected a filter (RFC 4515), found '" + text + "': " + e.getMessage());
        }
    }

    private String withoutStrayMark(String text) {
        char last = text.charAt(text.length() - 1);
        int before = text.length() - 2;
        if (".,;'\"".indexOf(last) >= 0 && before >= 0 && text.charAt(before) == ')' && text.startsWith("(")) {
            repairs.add("the stray '" + last + "' after the filter was taken away");
            return text.substring(0, text.length() - 1);
        }
        return text;
    }

    private String withParentheses(String text) throws Unreadable {
        if (text.startsWith("(")) {
            return text;
        }
        if (text.indexOf('(') >= 0 || text.indexOf(')') >= 0 || text.indexOf('=') <= 0) {
            throw new Unreadable("expected a filter in parentheses, found '" + text + "'");
        }
        repairs.add("parentheses were put around the filter's only term");
        return "(" + text + ")";
    }

    /** The text has no single reading; the message says what was expected and found. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
