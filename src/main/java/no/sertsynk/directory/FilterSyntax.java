package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;

/**
 * Reads a filter into the form of RFC 4515. White space between parentheses and around an attribute's name, a missing
 * pair of parentheses around the only term, and one stray mark at the end are mended; parentheses are never guessed.
 */
final class FilterSyntax {
    /** What the library reads at most. */
    private static final int MAX_DEPTH = 100;

    private static final String STRAY = ".,;:!'\"`>”’»";

    private final String text;
    private final StringBuilder read = new StringBuilder();
    private boolean blanks;
    private int at;

    private FilterSyntax(String text) {
        this.text = text;
    }

    /** The filter to send, in the writer's own spelling of names and values. */
    static String read(String text, List<String> repairs) throws UnreadableString {
        String filter = withParentheses(withoutStrayMark(text, repairs), repairs);
        FilterSyntax syntax = new FilterSyntax(filter);
        syntax.filter(1);
        if (syntax.at < filter.length()) {
            throw syntax.unreadable("nothing after the last parenthesis", syntax.at);
        }
        if (syntax.blanks) {
            repairs.add("white space between the parts of the filter was taken away");
        }
        String normal = syntax.read.toString();
        refuseEscapedControls(parse(normal));
        return normal;
    }

    /** The tree of a filter that was read before, or is to be. */
    static Filter parse(String filter) throws UnreadableString {
        try {
            return Filter.create(filter);
        } catch (LDAPException e) {
            throw new UnreadableString("expected a filter (RFC 4515), found " + UnreadableString.quote(filter) + ": "
                    + UnreadableString.words(e));
        }
    }

    private static String withoutStrayMark(String text, List<String> repairs) {
        char last = text.charAt(text.length() - 1);
        String before = UrlText.trim(text.substring(0, text.length() - 1));
        if (STRAY.indexOf(last) < 0 || !text.startsWith("(") || !before.endsWith(")")) {
            return text;
        }
        repairs.add("the stray " + last + " after the filter was taken away");
        return before;
    }

    private static String withParentheses(String text, List<String> repairs) throws UnreadableString {
        if (text.startsWith("(")) {
            return text;
        }
        if (text.indexOf('(') >= 0 || text.indexOf(')') >= 0 || text.indexOf('=') <= 0) {
            throw new UnreadableString(
                    "expected a filter in parentheses (RFC 4515), found " + UnreadableString.quote(text));
        }
        repairs.add("parentheses were put around the filter's only term");
        return "(" + text + ")";
    }

    private void filter(int depth) throws UnreadableString {
        if (depth > MAX_DEPTH) {
            throw new UnreadableString("expected a filter of at most " + MAX_DEPTH + " levels, found a deeper one");
        }
        expect('(');
        skipBlanks();
        char operator = at < text.length() ? text.charAt(at) : ' ';
        switch (operator) {
            case '&', '|', '!' -> group(operator, depth);
            default -> term();
        }
        expect(')');
    }

    private void group(char operator, int depth) throws UnreadableString {
        read.append(operator);
        at++;
        skipBlanks();
        int members = 0;
        while (at < text.length() && text.charAt(at) == '(') {
            filter(depth + 1);
            skipBlanks();
            members++;
        }
        if (members == 0 || (operator == '!' && members > 1)) {
            throw unreadable((operator == '!' ? "one term" : "terms") + " in parentheses after '" + operator + "'", at);
        }
    }

    private void term() throws UnreadableString {
        int end = at;
        while (end < text.length() && text.charAt(end) != ')') {
            if (text.charAt(end) == '(') {
                throw unreadable("an escaped parenthesis \\28 in a value, or an operator before terms", end);
            }
            end++;
        }
        int equals = text.indexOf('=', at);
        if (equals < 0 || equals >= end) {
            throw unreadable("attribute=value", at);
        }
        int name = equals > at && "<>~:".indexOf(text.charAt(equals - 1)) >= 0 ? equals - 1 : equals;
        String attribute = text.substring(at, name);
        String trimmed = UrlText.trim(attribute);
        String value = text.substring(equals + 1, end);
        if (trimmed.length() < attribute.length()) {
            // Who writes a blank before the sign writes one behind it too.
            blanks = true;
            value = value.startsWith(" ") ? value.substring(1) : value;
        }
        if (!isAttribute(trimmed, text.charAt(name) == ':')) {
            throw unreadable("an attribute's name", at);
        }
        read.append(trimmed).append(text, name, equals + 1).append(value);
        at = end;
    }

    /** An attribute; before {@code :=} an attribute, {@code dn} and a matching rule, of which one may be missing. */
    private static boolean isAttribute(String text, boolean extensible) {
        if (!extensible) {
            return AttributeNames.isDescription(text);
        }
        String[] parts = text.split(":", -1);
        if (!parts[0].isEmpty() && !AttributeNames.isDescription(parts[0])) {
            return false;
        }
        int next = parts.length > 1 && parts[1].equalsIgnoreCase("dn") ? 2 : 1;
        boolean rule = parts.length == next + 1 && AttributeNames.isName(parts[next]);
        return rule || (parts.length == next && !parts[0].isEmpty());
    }

    private void expect(char c) throws UnreadableString {
        skipBlanks();
        if (at >= text.length() || text.charAt(at) != c) {
            throw unreadable("'" + c + "'", at);
        }
        read.append(c);
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && UrlText.isBlank(text.charAt(at))) {
            at++;
            blanks = true;
        }
    }

    private UnreadableString unreadable(String expected, int position) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "its end";
        return new UnreadableString("expected a filter (RFC 4515) with " + expected + " at character " + (position + 1)
                + ", found " + found + " in " + UnreadableString.quote(text));
    }

    private static void refuseEscapedControls(Filter filter) throws UnreadableString {
        for (Filter term : FilterTerms.terms(filter)) {
            if (term.getAssertionValue() != null) {
                UrlText.refuseControls(term.getAssertionValue(), "filter");
            }
        }
    }
}
