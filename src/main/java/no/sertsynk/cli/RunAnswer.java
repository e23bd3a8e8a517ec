package no.sertsynk.cli;

import java.util.ArrayList;
import java.util.List;
import no.sertsynk.app.UsageException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the service tells of a run.
 *
 * @param exitCode what {@code sync} would end with; of use when it is over
 * @param report in JSON as {@code sync} has it; empty text unless it has ended
 */
record RunAnswer(String runId, String state, int done, int total, int exitCode, List<String> failure, String report) {
    private static final JsonFactory FACTORY = new JsonFactory();

    RunAnswer {
        failure = List.copyOf(failure);
    }

    boolean isOver() {
        return state.equals("ended") || state.equals("failed");
    }

    static RunAnswer read(String json) throws UsageException {
        Reading reading = new Reading();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                reading.field(name, parser, json);
            }
        } catch (JacksonException e) {
            throw new UsageException("the daemon's answer cannot be read: " + e.getOriginalMessage());
        }
        return new RunAnswer(
                reading.runId,
                reading.state,
                reading.done,
                reading.total,
                reading.exitCode,
                reading.failure,
                reading.report);
    }

    private static final class Reading {
        String runId = "";
        String state = "";
        int done;
        int total;
        int exitCode;
        String report = "";
        final List<String> failure = new ArrayList<>();

        void field(String name, JsonParser parser, String json) {
            switch (name) {
                case "runId" -> runId = parser.getString();
                case "state" -> state = parser.getString();
                case "done" -> done = parser.getIntValue();
                case "total" -> total = parser.getIntValue();
                case "exitCode" -> exitCode = parser.currentToken() == JsonToken.VALUE_NULL ? 0 : parser.getIntValue();
                case "failure" -> texts(parser);
                case "report" -> report = raw(parser, json);
                default -> parser.skipChildren();
            }
        }

        private void texts(JsonParser parser) {
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                failure.add(parser.getString());
            }
        }

        /** The value as it was sent. */
        private static String raw(JsonParser parser, String json) {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            return json.substring(from, (int) parser.currentLocation().getCharOffset());
        }
    }
}
