package no.sertsynk.register.soap;

/** Takes an answer out of its envelope; SOAP 1.1 and 1.2 alike. */
final class SoapEnvelope {
    private final XmlCursor cursor;

    private SoapEnvelope(XmlCursor cursor) {
        this.cursor = cursor;
    }

    /** Reads what stands within the element of the operation's result. */
    @FunctionalInterface
    interface ResultReader<T> {
        T read(XmlCursor atResult) throws BadAnswerException;
    }

    /**
     * The result of that operation.
     *
     * @throws SoapFaultException if the envelope holds a fault
     * @throws BadAnswerException for anything else
     */
    static <T> T read(byte[] document, AnswerLimits limits, SoapOperation operation, ResultReader<T> reader)
            throws SoapFaultException, BadAnswerException {
        XmlCursor cursor = XmlCursor.over(document, limits);
        T result = new SoapEnvelope(cursor).result(operation, reader);
        cursor.finish();
        return result;
    }

    private <T> T result(SoapOperation operation, ResultReader<T> reader)
            throws SoapFaultException, BadAnswerException {
        if (!cursor.nextChild(0) || !cursor.name().equals("Envelope") || !isSoap()) {
            throw BadAnswerException.of("XML without a SOAP envelope");
        }
        String soap = cursor.namespace();
        int envelope = cursor.depth();
        while (cursor.nextChild(envelope)) {
            if (cursor.isAt(soap, "Body")) {
                return body(soap, operation, reader);
            }
        }
        throw BadAnswerException.of("a SOAP envelope without a body");
    }

    private boolean isSoap() {
        return cursor.namespace().equals(Namespaces.SOAP_1_1)
                || cursor.namespace().equals(Namespaces.SOAP_1_2);
    }

    private <T> T body(String soap, SoapOperation operation, ResultReader<T> reader)
            throws SoapFaultException, BadAnswerException {
        int body = cursor.depth();
        while (cursor.nextChild(body)) {
            if (cursor.isAt(soap, "Fault")) {
                throw FaultReader.read(cursor);
            }
            if (cursor.isAt(Namespaces.PARTY, operation.responseElement())) {
                int response = cursor.depth();
                while (cursor.nextChild(response)) {
                    if (cursor.isAt(Namespaces.PARTY, operation.resultElement())) {
                        return reader.read(cursor);
                    }
                }
            }
        }
        throw BadAnswerException.of("a SOAP body without " + operation.resultElement());
    }
}
