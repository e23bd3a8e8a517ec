package no.sertsynk.register.soap;

/**
 * Reads a fault of either SOAP version. The register's own words are in the detail: a GenericFault with code and message,
 * or a ValidationFault with a list of what is wrong with which argument.
 */
final class FaultReader {
    private final XmlCursor cursor;
    private String soapCode = "";
    private String soapText = "";
    private String ownCode = "";
    private String ownText = "";

    private FaultReader(XmlCursor cursor) {
        this.cursor = cursor;
    }

    static SoapFaultException read(XmlCursor atFault) throws BadAnswerException {
        FaultReader reader = new FaultReader(atFault);
        reader.fault();
        atFault.finish();
        return new SoapFaultException(
                reader.ownCode.isEmpty() ? reader.soapCode : reader.ownCode,
                reader.ownText.isEmpty() ? reader.soapText : reader.ownText);
    }

    private void fault() throws BadAnswerException {
        int fault = cursor.depth();
        while (cursor.nextChild(fault)) {
            switch (cursor.name()) {
                case "faultcode" -> soapCode = cursor.text();
                case "faultstring" -> soapText = cursor.text();
                case "Code" -> soapCode = firstChildText("Value");
                case "Reason" -> soapText = firstChildText("Text");
                case "detail", "Detail" -> detail();
                default -> {
                    // role, node
                }
            }
        }
    }

    private void detail() throws BadAnswerException {
        int detail = cursor.depth();
        while (cursor.nextChild(detail)) {
            if (cursor.isAt(Namespaces.COMMON, "GenericFault")) {
                genericFault();
            } else if (cursor.isAt(Namespaces.COMMON, "ValidationFault")) {
                validationFault();
            }
        }
    }

    private void genericFault() throws BadAnswerException {
        int fault = cursor.depth();
        while (cursor.nextChild(fault)) {
            if (cursor.isAt(Namespaces.COMMON, "ErrorCode")) {
                ownCode = cursor.text();
            } else if (cursor.isAt(Namespaces.COMMON, "Message")) {
                ownText = cursor.text();
            }
        }
    }

    /** The first error stands for all: they come from one argument. */
    private void validationFault() throws BadAnswerException {
        ownCode = "ValidationFault";
        int fault = cursor.depth();
        while (cursor.nextChild(fault)) {
            if (cursor.isAt(Namespaces.COMMON, "Errors")) {
                int errors = cursor.depth();
                while (cursor.nextChild(errors)) {
                    String error = validationError();
                    if (ownText.isEmpty()) {
                        ownText = error;
                    }
                }
            }
        }
    }

    private String validationError() throws BadAnswerException {
        String property = "";
        String message = "";
        int error = cursor.depth();
        while (cursor.nextChild(error)) {
            if (cursor.isAt(Namespaces.COMMON, "PropertyName")) {
                property = cursor.text();
            } else if (cursor.isAt(Namespaces.COMMON, "Message")) {
                message = cursor.text();
            }
        }
        return property.isEmpty() ? message : property + ": " + message;
    }

    private String firstChildText(String name) throws BadAnswerException {
        String text = "";
        int parent = cursor.depth();
        while (cursor.nextChild(parent)) {
            if (text.isEmpty() && cursor.name().equals(name)) {
                text = cursor.text();
            }
        }
        return text;
    }
}
