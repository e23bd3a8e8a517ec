package no.sertsynk.cli.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads texts in the form of gettext's {@code .po} files, of which these parts are known: {@code msgid} and {@code msgstr}
 * with one quoted text each that may go on with quoted lines below, the escapes {@code \"}, {@code \\} and {@code \n},
 * empty lines, and comments from {@code #} to the end of a line. So files of texts can be put together by appending.
 */
final class PoFile {
    private final List<Entry> entries = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String english = "";
    private Part part = Part.NONE;

    private PoFile() {}

    /** An English text and what it is in the other language. */
    record Entry(String english, String other) {}

    private enum Part {
        NONE,
        ENGLISH,
        OTHER
    }

    /** @throws IllegalArgumentException if the text has another form; the message tells the line */
    static List<Entry> read(String content) {
        PoFile file = new PoFile();
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            try {
                file.line(line.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        file.begin(Part.NONE);
        return List.copyOf(file.entries);
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("msgid ")) {
            begin(Part.ENGLISH);
            text.append(unquoted(line.substring("msgid ".length())));
        } else if (line.startsWith("msgstr ")) {
            begin(Part.OTHER);
            text.append(unquoted(line.substring("msgstr ".length())));
        } else if (part != Part.NONE) {
            text.append(unquoted(line));
        } else {
            throw new IllegalArgumentException("expected msgid, found " + line);
        }
    }

    private void begin(Part next) {
        Part due = switch (part) {
            case NONE -> Part.ENGLISH;
            case ENGLISH -> Part.OTHER;
            case OTHER -> next == Part.NONE ? Part.NONE : Part.ENGLISH;
        };
        if (next != due && !(part == Part.NONE && next == Part.NONE)) {
            throw new IllegalArgumentException("expected msgid and msgstr by turns, found one twice");
        }
        if (part == Part.ENGLISH) {
            english = text.toString();
        } else if (part == Part.OTHER) {
            entries.add(new Entry(english, text.toString()));
        }
        text.setLength(0);
        part = next;
    }

    private static String unquoted(String written) {
        String quoted = written.strip();
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw new IllegalArgumentException("expected a text in double quotes, found " + written);
        }
        StringBuilder plain = new StringBuilder();
        int end = quoted.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            if (c == '"') {
                throw new IllegalArgumentException("expected \\\" within the text, found \"");
            }
            if (c == '\\') {
                i++;
                c = i < end ? escaped(quoted.charAt(i)) : escaped(' ');
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case '"', '\\' -> c;
            default -> throw new IllegalArgumentException("expected one of the escapes \\\" \\\\ \\n, found another");
        };
    }
}
