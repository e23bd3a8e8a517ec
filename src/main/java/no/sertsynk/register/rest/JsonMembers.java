package no.sertsynk.register.rest;

import java.io.InputStream;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON as it comes, within limits. Names are told in lower case, since the interfaces differ in it; what nobody wants
 * is passed over, since they get new members from time to time.
 */
final class JsonMembers {
    /** The largest value that we use is a certificate. */
    private static final int MAX_TEXT = 512 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(256)
                    .maxNumberLength(40)
                    .build())
            .build();

    private JsonMembers() {}

    /** Takes one member whose value the parser is at; need not take all of it, or any. */
    @FunctionalInterface
    interface Member {
        void take(String name, JsonParser at) throws BadJsonException;
    }

    /** Takes one element that the parser is at. */
    @FunctionalInterface
    interface Element {
        void take(JsonParser at) throws BadJsonException;
    }

    /** JSON that is not what the protocol promises. The message says what was found. */
    static final class BadJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        BadJsonException(String found) {
            super(found);
        }

        BadJsonException(String found, Throwable cause) {
            super(found, cause);
        }
    }

    /** Reads a document that is one object, to its end. */
    static void document(InputStream in, Member member) throws BadJsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadJsonException("something else than a JSON object");
            }
            object(parser, member);
            if (parser.nextToken() != null) {
                throw new BadJsonException("more than one JSON object");
            }
        } catch (JacksonException e) {
            if (e.getCause() instanceof java.io.IOException cause) {
                throw new BadJsonException("a broken answer (" + cause.getMessage() + ")", cause);
            }
            throw new BadJsonException("JSON that cannot be read (" + e.getOriginalMessage() + ")", e);
        }
    }

    /** The members of the object that the parser is at; none of anything else. */
    static void object(JsonParser parser, Member member) throws BadJsonException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            member.take(name, parser);
            parser.skipChildren(); // does nothing unless the value was left where it begins
        }
    }

    /** The elements of the array that the parser is at; none of anything else. */
    static void array(JsonParser parser, Element element) throws BadJsonException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new BadJsonException("JSON that ends within a list");
            }
            element.take(parser);
            parser.skipChildren();
        }
    }

    /** A simple value as text, without white space around it; empty for null and anything that is not simple. */
    static String text(JsonParser at) {
        return switch (at.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                at.getString().strip();
            default -> "";
        };
    }
}
