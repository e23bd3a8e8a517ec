package no.sertsynk.cli.manual;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the language of manual pages, mdoc(7). */
final class Mdoc {
    /** A full stop behind the last word of a macro, where it is punctuation. */
    static final String STOP = "..";

    private static final int WIDTH = 78;
    private static final Pattern MACRO = Pattern.compile("%[A-Z]|[A-Z][a-z0-9]{1,2}");
    /** Marks that a macro would take for punctuation. */
    private static final Pattern MARK = Pattern.compile("[.,:;()\\[\\]?!|]");

    private final StringBuilder page = new StringBuilder();

    Mdoc(String title, int section, String date) {
        macro("Dd", date).macro("Dt", title, String.valueOf(section)).macro("Os");
    }

    /** A line that is a macro with its words; a dot before a word makes it a macro itself, or punctuation. */
    Mdoc macro(String name, String... words) {
        String rest = Arrays.stream(words).map(Mdoc::word).collect(Collectors.joining(" "));
        page.append('.').append(name);
        if (!rest.isEmpty()) {
            page.append(' ').append(rest);
        }
        page.append('\n');
        return this;
    }

    private static String word(String text) {
        if (text.length() > 1 && text.startsWith(".")) {
            return text.substring(1);
        }
        String escaped = escape(text).replace("\"", "\\(dq");
        if (MACRO.matcher(text).matches() || MARK.matcher(text).matches()) {
            return "\\&" + escaped;
        }
        return text.contains(" ") || text.isEmpty() ? '"' + escaped + '"' : escaped;
    }

    /** Running text; each sentence begins on a line of its own, as mdoc wants it. */
    Mdoc text(String text) {
        for (String sentence : text.strip().split("(?<=[.!?]) +")) {
            StringBuilder line = new StringBuilder();
            for (String word : sentence.split(" +")) {
                String escaped = escape(word);
                if (!line.isEmpty() && line.length() + 1 + escaped.length() > WIDTH) {
                    line(line);
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(escaped);
            }
            line(line);
        }
        return this;
    }

    private void line(CharSequence line) {
        boolean control = line.charAt(0) == '.' || line.charAt(0) == '\'';
        page.append(control ? "\\&" : "").append(line).append('\n');
    }

    /** Text that stands as it is written here. */
    Mdoc literal(String text) {
        macro("Bd", "-literal", "-offset", "indent");
        text.lines().forEach(line -> page.append(line.isEmpty() ? "\n" : startOf(line) + escape(line) + "\n"));
        return macro("Ed");
    }

    private static String startOf(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" : "";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\\' -> escaped.append("\\e");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                default -> {
                    if (character < 0x7f) {
                        escaped.appendCodePoint(character);
                    } else {
                        escaped.append(String.format("\\[u%04X]", character));
                    }
                }
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
