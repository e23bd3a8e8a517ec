package no.sertsynk.service.hook;

import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import no.sertsynk.rollover.Action;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An event as programs get it: JSON, and variables of the environment. */
final class EventText {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** What a keystore can go through, by its name in JSON and in variables. */
    private static final Map<String, Action> KINDS = kinds();

    private EventText() {}

    private static Map<String, Action> kinds() {
        Map<String, Action> kinds = new LinkedHashMap<>();
        kinds.put("added", Action.ADD);
        kinds.put("promoted", Action.PROMOTE);
        kinds.put("retired", Action.RETIRE);
        kinds.put("renamed", Action.KEEP);
        kinds.put("removed", Action.REMOVE);
        return kinds;
    }

    static String json(HookEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("event", "keystore-changed");
            json.writeStringProperty("keystore", event.keystore());
            json.writeStringProperty("path", event.path());
            json.writeStringProperty("runId", event.runId());
            json.writeStringProperty(
                    "at", event.at().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeNumberProperty("generation", event.generation());
            KINDS.forEach((name, action) -> {
                json.writeArrayPropertyStart(name);
                event.of(action).forEach(line -> line(json, line));
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void line(JsonGenerator json, HookEvent.Line line) {
        json.writeStartObject();
        json.writeStringProperty("alias", line.alias());
        json.writeNumberProperty("herId", line.herId().value());
        json.writeStringProperty("purpose", line.purpose().id());
        json.writeStringProperty("sha256", line.sha256().hex());
        json.writeStringProperty("subject", line.subject());
        json.writeStringProperty("reason", line.reason());
        json.writeEndObject();
    }

    /** Texts that are of bounded length, however many certificates there are: of the changes, how many of each kind. */
    static Map<String, String> variables(HookEvent event) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SERTSYNK_EVENT", "keystore-changed");
        variables.put("SERTSYNK_KEYSTORE", event.keystore());
        variables.put("SERTSYNK_PATH", event.path());
        variables.put("SERTSYNK_RUN_ID", event.runId());
        variables.put("SERTSYNK_GENERATION", Integer.toString(event.generation()));
        KINDS.forEach((name, action) -> variables.put(
                "SERTSYNK_" + name.toUpperCase(Locale.ROOT),
                Integer.toString(event.of(action).size())));
        return variables;
    }
}
