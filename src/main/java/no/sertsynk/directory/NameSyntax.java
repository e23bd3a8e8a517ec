package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;

/** Reads a base DN (RFC 4514). The library is more lenient than the form: what it lets pass is looked at here. */
final class NameSyntax {
    private static final String ESCAPABLE = "\\\" #+,;<=>";

    private NameSyntax() {}

    /** The DN as written, with commas between its names. */
    static String read(String text, List<String> repairs) throws UnreadableString {
        String name = withCommas(text, repairs);
        try {
            DN parsed = new DN(name, null, true);
            refuseEscapedControls(parsed);
            return name;
        } catch (LDAPException e) {
            throw new UnreadableString("expected a base DN (RFC 4514), found " + UnreadableString.quote(text) + ": "
                    + UnreadableString.words(e));
        }
    }

    private static String withCommas(String text, List<String> repairs) throws UnreadableString {
        StringBuilder name = new StringBuilder(text);
        boolean semicolon = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\') {
                i += escape(text, i);
            } else if (c == ';') {
                name.setCharAt(i, ',');
                semicolon = true;
            } else if (c == '"' || c == '<' || c == '>') {
                throw new UnreadableString("expected a base DN (RFC 4514), found an unescaped " + c + " in "
                        + UnreadableString.quote(text));
            }
        }
        if (semicolon) {
            repairs.add("semicolons between the names of the base DN were read as commas");
        }
        return name.toString();
    }

    /** How many characters behind the backslash belong to it. */
    private static int escape(String text, int at) throws UnreadableString {
        if (at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0) {
            return 1;
        }
        if (at + 2 < text.length()
                && UrlText.hexDigit(text.charAt(at + 1)) >= 0
                && UrlText.hexDigit(text.charAt(at + 2)) >= 0) {
            return 2;
        }
        throw new UnreadableString(
                "expected a base DN (RFC 4514), found a broken escape in " + UnreadableString.quote(text));
    }

    private static void refuseEscapedControls(DN name) throws UnreadableString {
        for (var rdn : name.getRDNs()) {
            for (String value : rdn.getAttributeValues()) {
                UrlText.refuseControls(value, "base DN");
            }
        }
    }
}
