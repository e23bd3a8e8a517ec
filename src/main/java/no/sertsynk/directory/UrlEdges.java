package no.sertsynk.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the URL in what was pasted: white space, a label or quotation marks around it are taken away, and said. */
final class UrlEdges {
    private static final String OPENING = "<\"'`([{«“‘";
    private static final String CLOSING = ">\"'`)]}»”’";
    private static final int MAX_HOST = 254;
    private static final String PLAIN = "ldap://";
    private static final String TLS = "ldaps://";

    private UrlEdges() {}

    /** The text from the scheme to its end. */
    static String trim(String text, List<String> repairs) throws UnreadableString {
        String trimmed = UrlText.trim(text);
        if (trimmed.length() < text.length()) {
            repairs.add("white space before or after the string was taken away");
        }
        if (beginsWithDirectory(trimmed)) {
            repairs.add("the missing scheme was read as ldap://");
            trimmed = PLAIN + trimmed;
        }
        int start = schemeAt(trimmed, 0);
        if (start < 0) {
            throw new UnreadableString("expected a string with the scheme ldap:// or ldaps://, found none");
        }
        refuseSecondScheme(trimmed, start);
        return start == 0 ? trimmed : withoutLead(trimmed, start, repairs);
    }

    /** Without a scheme a text is noise, unless it begins with a directory that is known and then goes on as a URL does. */
    private static boolean beginsWithDirectory(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        int colon = text.indexOf(':');
        String host = text.substring(0, colon > 0 && colon < slash ? colon : slash);
        return host.length() < MAX_HOST
                && CaProfile.hosts(Optional.empty()).contains(host.toLowerCase(Locale.ROOT))
                && text.substring(host.length(), slash).matches("(:[0-9]+)?");
    }

    private static String withoutLead(String text, int start, List<String> repairs) throws UnreadableString {
        String lead = text.substring(0, start);
        UrlText.refuseControls(lead, "text before the scheme");
        char last = lead.charAt(start - 1);
        if (lead.contains("://") || Character.isLetterOrDigit(last) || "+-.%".indexOf(last) >= 0) {
            throw new UnreadableString("expected the scheme ldap:// or ldaps://, found another in front of it");
        }
        String url = text.substring(start);
        int pair = OPENING.indexOf(last);
        if (pair >= 0 && url.charAt(url.length() - 1) == CLOSING.charAt(pair) && !isBalanced(url, last)) {
            repairs.add("the " + last + CLOSING.charAt(pair) + " around the string were taken away");
            if (!UrlText.trim(lead.substring(0, start - 1)).isEmpty()) {
                repairs.add("text before the scheme was taken away");
            }
            return UrlText.trim(url.substring(0, url.length() - 1));
        }
        repairs.add("text before the scheme was taken away");
        return url;
    }

    /** Whether a closing parenthesis or bracket at the end belongs to the URL itself. */
    private static boolean isBalanced(String url, char opening) {
        char closing = CLOSING.charAt(OPENING.indexOf(opening));
        if (opening == closing) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < url.length(); i++) {
            depth += url.charAt(i) == opening ? 1 : url.charAt(i) == closing ? -1 : 0;
        }
        return depth == 0;
    }

    private static void refuseSecondScheme(String text, int first) throws UnreadableString {
        int second = schemeAt(text, first + 1);
        int query = text.indexOf('?', first);
        // Behind a question mark it is part of a value, or makes the filter unreadable.
        if (second >= 0 && (query < 0 || second < query)) {
            throw new UnreadableString("expected one LDAP URL, found the scheme twice");
        }
    }

    private static int schemeAt(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if ((text.charAt(i) | 0x20) == 'l' && (startsAt(text, i, PLAIN) || startsAt(text, i, TLS))) {
                return i;
            }
        }
        return -1;
    }

    /** Compares in ASCII alone: other letters fold to {@code s} and {@code k} elsewhere. */
    private static boolean startsAt(String text, int at, String scheme) {
        if (text.length() - at < scheme.length()) {
            return false;
        }
        for (int i = 0; i < scheme.length(); i++) {
            char c = text.charAt(at + i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
            if (lower != scheme.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
