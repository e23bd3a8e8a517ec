package no.sertsynk.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The characters of a URL: which are legal as they stand, and how the others are written (RFC 3986, 2). */
final class UrlText {
    private static final String ESCAPES = "expected every % to begin an escape of UTF-8 such as %20";

    private UrlText() {}

    /**
     * One part of a URL after percent-decoding, once, as UTF-8.
     *
     * @param what the part, for the message
     */
    static String decode(String part, String what) throws UnreadableString {
        String decoded = part.indexOf('%') < 0 ? part : decodeEscapes(part, what);
        refuseControls(decoded, what);
        return decoded;
    }

    private static String decodeEscapes(String part, String what) throws UnreadableString {
        byte[] in = part.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? hexDigit(in[i + 1]) : -1;
            int low = i + 2 < in.length ? hexDigit(in[i + 2]) : -1;
            if (high < 0 || low < 0) {
                throw new UnreadableString(
                        ESCAPES + ", found another in the " + what + " " + UnreadableString.quote(part));
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableString(
                    ESCAPES + ", found bytes that are no UTF-8 in the " + what + " " + UnreadableString.quote(part));
        }
    }

    /** The value of an ASCII hexadecimal digit; -1 for anything else. */
    static int hexDigit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Refuses control characters, invisible ones that could deceive a reader, and halves of surrogate pairs. */
    static void refuseControls(String text, String what) throws UnreadableString {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < ' ' || (c >= 0x7F && isDeceptive(c))) {
                throw new UnreadableString("expected printable characters, found the control character U+"
                        + "0".repeat(Math.max(0, 4 - Integer.toHexString(c).length()))
                        + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT)
                        + " in the " + what);
            }
        }
    }

    private static boolean isDeceptive(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether an LDAP URL may hold the character as it stands: reserved, unreserved or {@code %} (RFC 4516, 2.1). */
    static boolean isLegal(char c) {
        return isLetterOrDigit(c) || "-._~:/?#[]@!$&'()*+,;=%".indexOf(c) >= 0;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    /** White space as people paste it, a byte order mark and a zero-width space included. */
    static boolean isBlank(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\uFEFF'
                || c == '\u200B'
                || (c > 0x7F && Character.isSpaceChar(c));
    }

    /** The text without {@linkplain #isBlank blanks} at both ends. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
