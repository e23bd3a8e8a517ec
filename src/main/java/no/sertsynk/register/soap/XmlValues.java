package no.sertsynk.register.soap;

/** Simple values of XML Schema. */
final class XmlValues {
    private static final int MAX_SHOWN = 40;

    private XmlValues() {}

    static boolean bool(String member, String text) throws BadAnswerException {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw BadAnswerException.of("'" + shown(text) + "' as " + member);
        };
    }

    /** The beginning of a value, for a message. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
