package no.sertsynk.register.soap;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.RegisterException;

/**
 * Walks an XML answer element by element, without document types or external entities and within limits. A document type
 * declaration is an error by itself: no register sends one.
 */
final class XmlReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 2_000_000;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private int depth;
    private int elements;

    XmlReader(byte[] xml) throws RegisterException {
        try {
            this.reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
        } catch (XMLStreamException e) {
            throw malformed(e.getMessage(), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** How deep the current element lies; the root has depth 1. */
    int depth() {
        return depth;
    }

    /** Goes to the next start of an element that lies deeper than that; false at the end of that element. */
    boolean nextChild(int parentDepth) throws RegisterException {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_DOCUMENT
                    || (event == XMLStreamConstants.END_ELEMENT && depth < parentDepth)) {
                return false;
            }
        }
    }

    /** Leaves the current element with all that is in it. */
    void skip() throws RegisterException {
        int start = depth;
        while (depth >= start) {
            next();
        }
    }

    /** The text of the current element, without surrounding white space; empty text if it is nil. Leaves the element. */
    String text() throws RegisterException {
        StringBuilder text = new StringBuilder();
        int start = depth;
        while (depth >= start) {
            int event = next();
            if ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) && depth == start) {
                text.append(reader.getText());
            }
        }
        return text.toString().strip();
    }

    private int next() throws RegisterException {
        try {
            if (!reader.hasNext()) {
                return XMLStreamConstants.END_DOCUMENT;
            }
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    elements++;
                    if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
                        throw RegisterException.of(Reason.of(
                                ReasonCode.LIMIT_EXCEEDED,
                                "expected an answer of the register's usual form, found XML with more than "
                                        + MAX_DEPTH + " levels or " + MAX_ELEMENTS + " elements"));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw malformed("a document type declaration", null);
                default -> {
                    // Comments, processing instructions and white space carry nothing.
                }
            }
            return event;
        } catch (XMLStreamException e) {
            throw malformed(e.getMessage(), e);
        }
    }

    boolean is(String namespace, String localName) {
        return reader.getLocalName().equals(localName) && namespace.equals(reader.getNamespaceURI());
    }

    String localName() {
        return reader.getLocalName();
    }

    static RegisterException malformed(
            @org.jspecify.annotations.Nullable String found, @org.jspecify.annotations.Nullable Throwable cause) {
        Reason reason = Reason.of(
                ReasonCode.REGISTER_UNAVAILABLE,
                "expected a SOAP answer from the register, found XML that cannot be used: "
                        + String.valueOf(found).replace('\n', ' ')
                        + "; nothing is changed for the party");
        return cause == null ? RegisterException.of(reason) : RegisterException.of(reason, cause);
    }
}
