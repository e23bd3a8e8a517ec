package no.sertsynk.service.log;

/** Text of any source made fit for one line: what could begin another, or change how a terminal shows it, is spelled out. */
final class LogText {
    private static final int MAX_LENGTH = 8 * 1024;

    private LogText() {}

    static String escaped(String text) {
        int length = Math.min(text.length(), MAX_LENGTH);
        StringBuilder escaped = new StringBuilder(length);
        text.substring(0, length).codePoints().forEach(c -> {
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
        return length < text.length() ? escaped + "… (" + text.length() + " characters)" : escaped.toString();
    }
}
