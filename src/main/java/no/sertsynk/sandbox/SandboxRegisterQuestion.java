package no.sertsynk.sandbox;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a request asks.
 *
 * @param operation the name of the element in the SOAP body
 * @param herId its argument as sent, if it has one
 * @param herIds its argument as sent, if it is a list
 */
record SandboxRegisterQuestion(String operation, Optional<String> herId, List<String> herIds) {
    SandboxRegisterQuestion {
        herIds = List.copyOf(herIds);
    }

    private static final int SOAP_BODY_CHILD = 3;

    /** Empty if the document is no such request. */
    static Optional<SandboxRegisterQuestion> read(byte[] document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return read(factory.createXMLStreamReader(new StringReader(new String(document, StandardCharsets.UTF_8))));
        } catch (XMLStreamException | RuntimeException e) {
            return Optional.empty(); // the JDK's parser throws unchecked exceptions, too
        }
    }

    private static Optional<SandboxRegisterQuestion> read(XMLStreamReader reader) throws XMLStreamException {
        Optional<String> operation = Optional.empty();
        Optional<String> herId = Optional.empty();
        List<String> herIds = new ArrayList<>();
        boolean inBody = false;
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamReader.START_ELEMENT) {
                depth++;
                inBody |= depth == 2 && reader.getLocalName().equals("Body");
                if (inBody && depth == SOAP_BODY_CHILD) {
                    operation = Optional.of(reader.getLocalName());
                } else if (inBody
                        && depth == SOAP_BODY_CHILD + 1
                        && reader.getLocalName().equals("herId")) {
                    herId = Optional.of(reader.getElementText().strip());
                    depth--; // getElementText went to the end of the element
                } else if (inBody
                        && depth == SOAP_BODY_CHILD + 2
                        && reader.getLocalName().equals("int")) {
                    herIds.add(reader.getElementText().strip());
                    depth--;
                }
            }
        }
        Optional<String> argument = herId;
        return operation.map(name -> new SandboxRegisterQuestion(name, argument, herIds));
    }
}
