package no.sertsynk.register.soap;

import java.util.Set;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.RegisterException;

/** Finds the result in an envelope of SOAP 1.1 or 1.2, or turns its fault into a reason. */
final class SoapAnswer {
    static final String PARTY_NS = "http://register.nhn.no/CommunicationParty";
    static final String COMMON_NS = "http://register.nhn.no/Common";
    private static final Set<String> ENVELOPES =
            Set.of("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope");

    private SoapAnswer() {}

    /** A reader that stands on the result element of that operation. */
    static XmlReader result(byte[] body, String operation) throws RegisterException {
        XmlReader reader = new XmlReader(body);
        if (!reader.nextChild(0) || !isEnvelope(reader, "Envelope")) {
            throw XmlReader.malformed("no SOAP envelope", null);
        }
        while (reader.nextChild(1)) {
            if (isEnvelope(reader, "Body")) {
                return inBody(reader, operation);
            }
            reader.skip();
        }
        throw XmlReader.malformed("an envelope without a body", null);
    }

    private static XmlReader inBody(XmlReader reader, String operation) throws RegisterException {
        if (!reader.nextChild(2)) {
            throw XmlReader.malformed("an empty body", null);
        }
        if (isEnvelope(reader, "Fault")) {
            throw fault(reader);
        }
        if (!reader.is(PARTY_NS, operation + "Response")) {
            throw XmlReader.malformed("the answer " + reader.localName() + " to another question", null);
        }
        while (reader.nextChild(3)) {
            if (reader.is(PARTY_NS, operation + "Result")) {
                return reader;
            }
            reader.skip();
        }
        throw XmlReader.malformed("an answer without " + operation + "Result", null);
    }

    private static boolean isEnvelope(XmlReader reader, String localName) {
        return ENVELOPES.stream().anyMatch(namespace -> reader.is(namespace, localName));
    }

    /** Reads {@code GenericFault} and {@code ValidationFault}; the code decides, never the text. */
    private static RegisterException fault(XmlReader reader) throws RegisterException {
        String code = "";
        String message = "";
        String text = "";
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(COMMON_NS, "ErrorCode")) {
                code = reader.text();
            } else if (reader.is(COMMON_NS, "Message")) {
                message = reader.text();
            } else if (reader.localName().equals("faultstring") || reader.localName().equals("Text")) {
                text = reader.text();
            }
        }
        String said = message.isEmpty() ? text : message;
        if (code.equals("InvalidHerIdSupplied")) {
            return RegisterException.of(Reason.of(
                    ReasonCode.PARTY_UNKNOWN,
                    "expected a communication party, found that Adresseregisteret knows none with this HER-id"
                            + (said.isEmpty() ? "" : " ('" + said + "')")
                            + "; correct or remove it under parties"));
        }
        return RegisterException.of(Reason.of(
                ReasonCode.REGISTER_UNAVAILABLE,
                "expected an answer from the register, found the fault " + (code.isEmpty() ? "without code" : code)
                        + (said.isEmpty() ? "" : ": " + said)));
    }
}
