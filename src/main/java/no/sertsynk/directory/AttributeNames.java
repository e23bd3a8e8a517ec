package no.sertsynk.directory;

/** The syntax of attribute descriptions (RFC 4512, 2.5): a name or an object identifier, and options. */
final class AttributeNames {
    private AttributeNames() {}

    static boolean isDescription(String text) {
        int option = text.indexOf(';');
        return isName(option < 0 ? text : text.substring(0, option)) && (option < 0 || areOptions(text, option));
    }

    /** Whether the text is a short name or a dotted object identifier. */
    static boolean isName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        return UrlText.isDigit(text.charAt(0)) ? isIdentifier(text) : isKeyword(text);
    }

    private static boolean isKeyword(String text) {
        if (!UrlText.isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!UrlText.isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentifier(String text) {
        boolean afterDot = true;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !afterDot) {
                afterDot = true;
                dots++;
            } else if (UrlText.isDigit(c)) {
                afterDot = false;
            } else {
                return false;
            }
        }
        return dots > 0 && !afterDot;
    }

    private static boolean areOptions(String text, int from) {
        int start = from + 1;
        for (int i = start; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ';') {
                if (i == start) {
                    return false;
                }
                start = i + 1;
            } else if (!UrlText.isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }
}
