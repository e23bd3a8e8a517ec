package no.sertsynk.register.soap;

/** The register answered with a SOAP fault. */
final class SoapFaultException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String UNKNOWN_HER_ID = "InvalidHerIdSupplied";
    private static final int MAX_SHOWN = 300;

    private final String code;
    private final String text;

    /**
     * @param code the register's own error code, else SOAP's, else empty
     * @param text for people, in the register's language
     */
    SoapFaultException(String code, String text) {
        super(text);
        this.code = shortened(code);
        this.text = shortened(text);
    }

    /** Told by the code alone: the text is for people, and differs between versions and languages. */
    boolean isUnknownHerId() {
        return code.equals(UNKNOWN_HER_ID);
    }

    /** The code and the text, as a message shows them. */
    String shown() {
        String named = code.isEmpty() ? "fault" : "fault " + code;
        return text.isEmpty() ? named : named + " \"" + text + '"';
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
