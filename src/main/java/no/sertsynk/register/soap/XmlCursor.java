package no.sertsynk.register.soap;

import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks through one XML document, element by element, and trusts nothing in it: a document type, an entity of its own,
 * too much depth, too many elements or a too long value end the walk.
 *
 * <p>Reading an element is a loop: remember {@link #depth()} at its start, then take its children with
 * {@link #nextChild(int)}. What is not looked at is skipped.
 */
final class XmlCursor {
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    /** Used under its own lock: the JDK does not promise that it is safe for threads. */
    private static final XMLInputFactory FACTORY = hardened();

    private final XMLStreamReader reader;
    private final AnswerLimits limits;
    private int depth;
    private int elements;

    private XmlCursor(XMLStreamReader reader, AnswerLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("an external entity");
        });
        return factory;
    }

    static XmlCursor over(byte[] document, AnswerLimits limits) throws BadAnswerException {
        try {
            Reader text = XmlText.decode(document);
            synchronized (FACTORY) {
                return new XmlCursor(FACTORY.createXMLStreamReader(text), limits);
            }
        } catch (CharacterCodingException e) {
            throw BadAnswerException.of("text that is neither UTF-8 nor UTF-16", e);
        } catch (XMLStreamException | RuntimeException e) {
            throw notXml(e);
        }
    }

    /** How many elements we are within; the current one is counted. */
    int depth() {
        return depth;
    }

    /**
     * Goes to the start of the next child of the element at that depth; 0 asks for the root element.
     *
     * @return false if there is none: then the element has ended
     */
    boolean nextChild(int parentDepth) throws BadAnswerException {
        while (depth >= parentDepth) {
            switch (step()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == parentDepth + 1) {
                        return true;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth < parentDepth) {
                        return false;
                    }
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // text between elements
                }
            }
        }
        return false;
    }

    /** The text of the current element without that of its children, stripped; goes to its end. */
    String text() throws BadAnswerException {
        int own = depth;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = step();
            if (event == XMLStreamConstants.END_ELEMENT && depth < own) {
                return text.toString().strip();
            }
            if (depth == own
                    && (event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.CDATA
                            || event == XMLStreamConstants.SPACE)) {
                if (text.length() + reader.getTextLength() > limits.textLength()) {
                    throw BadAnswerException.tooMuch("a value of more than " + limits.textLength() + " characters");
                }
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            }
        }
    }

    /** Reads on to the end of the document, so that one that is cut off after what we need is found out. */
    void finish() throws BadAnswerException {
        while (nextChild(0)) {
            throw BadAnswerException.of("a second root element");
        }
    }

    boolean isAt(String namespace, String name) {
        return reader.getLocalName().equals(name) && namespace.equals(namespace());
    }

    String name() {
        return reader.getLocalName();
    }

    /** The namespace of the current element; empty text for none. */
    String namespace() {
        String uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /** The local part of the current element's xsi:type; empty text if it has none. */
    String declaredType() {
        String type = reader.getAttributeValue(XSI, "type");
        return type == null ? "" : type.substring(type.indexOf(':') + 1).strip();
    }

    /** Whether the current element says that it has no value. */
    boolean isNil() {
        String nil = reader.getAttributeValue(XSI, "nil");
        return nil != null && (nil.strip().equals("true") || nil.strip().equals("1"));
    }

    private int step() throws BadAnswerException {
        int event;
        try {
            event = reader.next();
        } catch (XMLStreamException | RuntimeException e) {
            throw notXml(e); // the JDK's parser also throws unchecked exceptions on broken input
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> started();
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw BadAnswerException.of("XML with a document type or entities of its own, which SOAP forbids");
            default -> {
                // text, comments, the end
            }
        }
        return event;
    }

    private void started() throws BadAnswerException {
        depth++;
        elements++;
        if (depth > limits.depth()) {
            throw BadAnswerException.tooMuch("XML of more than " + limits.depth() + " levels");
        }
        if (elements > limits.elements()) {
            throw BadAnswerException.tooMuch("XML of more than " + limits.elements() + " elements");
        }
    }

    private static BadAnswerException notXml(Exception e) {
        String detail = String.valueOf(e.getMessage());
        int message = detail.indexOf("Message: ");
        String plain = message < 0 ? detail : detail.substring(message + "Message: ".length());
        String oneLine = plain.lines().findFirst().orElse("");
        return BadAnswerException.of("broken XML (" + oneLine.substring(0, Math.min(200, oneLine.length())) + ")", e);
    }
}
