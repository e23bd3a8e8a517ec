package no.sertsynk.service.admin;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.service.admin.Desk.RefreshOrder;
import no.sertsynk.service.admin.Desk.RollbackOrder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The bodies of requests, and small bodies of answers. */
final class Messages {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_PARTIES = 10_000;

    private Messages() {}

    static String error(String message) {
        return object("message", message);
    }

    /** An object with one text. */
    static String object(String name, String value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            generator.writeStringProperty(name, value);
            generator.writeEndObject();
        }
        return text.toString();
    }

    /** An empty body asks for all parties. */
    static RefreshOrder refresh(byte[] body) throws RefusedException {
        Set<HerId> parties = new HashSet<>();
        Set<Guard> force = EnumSet.noneOf(Guard.class);
        List<OrganizationNumber> accepted = new ArrayList<>();
        read(body, (name, parser) -> {
            switch (name) {
                case "parties" -> items(parser, name).forEach(text -> parties.add(herId(text)));
                case "force" -> items(parser, name).forEach(text -> force.add(guard(text)));
                case "acceptOrganization" -> accepted.add(organization(text(parser, name)));
                default -> throw new BadBody("unknown field '" + name + "'");
            }
        });
        return new RefreshOrder(parties, force, accepted.stream().findFirst());
    }

    static RollbackOrder rollback(byte[] body) throws RefusedException {
        List<String> keystore = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        List<Boolean> release = new ArrayList<>();
        read(body, (name, parser) -> {
            switch (name) {
                case "keystore" -> keystore.add(text(parser, name));
                case "to" -> to.add(generation(parser));
                case "release" -> release.add(flag(parser));
                default -> throw new BadBody("unknown field '" + name + "'");
            }
        });
        if (keystore.isEmpty() || (release.contains(true) && !to.isEmpty())) {
            throw new RefusedException(400, "expected keystore, and either to or release");
        }
        return new RollbackOrder(keystore.getFirst(), to.stream().findFirst(), release.contains(true));
    }

    /** A mistake in a body. */
    private static final class BadBody extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadBody(String message) {
            super(message);
        }
    }

    private interface Field {
        void read(String name, JsonParser parser);
    }

    private static void read(byte[] body, Field field) throws RefusedException {
        if (body.length == 0) {
            return;
        }
        Set<String> seen = new HashSet<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "expected an object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                expect(seen.add(name), "'" + name + "' stands twice");
                parser.nextToken();
                field.read(name, parser);
            }
            expect(parser.nextToken() == null, "expected one object alone");
        } catch (BadBody e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            throw new RefusedException(400, "expected JSON, found a mistake: " + e.getOriginalMessage());
        }
    }

    private static void expect(boolean condition, String message) {
        if (!condition) {
            throw new BadBody(message);
        }
    }

    private static List<String> items(JsonParser parser, String name) {
        expect(parser.currentToken() == JsonToken.START_ARRAY, name + ": expected a list");
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(items.size() < MOST_PARTIES, name + ": expected at most " + MOST_PARTIES);
            expect(
                    parser.currentToken() == JsonToken.VALUE_STRING
                            || parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
                    name + ": expected numbers or texts");
            items.add(parser.getString());
        }
        return items;
    }

    private static String text(JsonParser parser, String name) {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, name + ": expected a text");
        return parser.getString();
    }

    private static int generation(JsonParser parser) {
        expect(
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getString().matches("[0-9]{1,9}"),
                "to: expected the number of a generation");
        return parser.getIntValue();
    }

    private static boolean flag(JsonParser parser) {
        expect(
                parser.currentToken() == JsonToken.VALUE_TRUE || parser.currentToken() == JsonToken.VALUE_FALSE,
                "release: expected true or false");
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    static HerId herId(String text) {
        return HerId.parse(text).orElseThrow(() -> new BadBody("expected a HER-id, found '" + text + "'"));
    }

    private static Guard guard(String text) {
        return Guard.parse(text)
                .orElseThrow(
                        () -> new BadBody("force: expected max-change, empty-register or clock, found '" + text + "'"));
    }

    private static OrganizationNumber organization(String text) {
        return OrganizationNumber.parse(text)
                .orElseThrow(() -> new BadBody("acceptOrganization: expected nine digits, found '" + text + "'"));
    }

    /** The HER-id of a query; empty if it has none. */
    static Optional<HerId> party(Query query) throws RefusedException {
        Optional<String> text = query.value("party");
        if (text.isPresent() && HerId.parse(text.get()).isEmpty()) {
            throw new RefusedException(400, "party: expected a HER-id, found '" + text.get() + "'");
        }
        return text.flatMap(HerId::parse);
    }
}
