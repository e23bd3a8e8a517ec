package no.sertsynk.model;

/** Text from certificates, registers and servers, made harmless for a terminal and fit for one line of a log. */
public final class Escape {
    private Escape() {}

    /** The text with control, format and line-breaking characters as Java writes them, by four or eight hexadecimal digits. */
    public static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED;
            if (hidden) {
                escaped.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
