package no.sertsynk.cli;

import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import no.sertsynk.model.Reason;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON value on one line. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The text of an object. */
    static String object(Consumer<Json> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            content.accept(new Json(generator));
            generator.writeEndObject();
        }
        return hideFormatCharacters(text.toString());
    }

    /** Format characters, which could reorder what a terminal shows, are legal JSON as escapes too. */
    private static String hideFormatCharacters(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            int type = Character.getType(c);
            if (type == Character.FORMAT
                    || type == Character.CONTROL
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    Json put(String name, String value) {
        generator.writeStringProperty(name, value);
        return this;
    }

    Json put(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    Json put(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    Json put(String name, Instant value) {
        return put(name, value.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** The text of the value, or null. */
    Json putOptional(String name, Optional<?> value) {
        if (value.isPresent()) {
            return value.get() instanceof Instant instant
                    ? put(name, instant)
                    : put(name, value.get().toString());
        }
        generator.writeNullProperty(name);
        return this;
    }

    Json putObject(String name, Consumer<Json> content) {
        generator.writeObjectPropertyStart(name);
        content.accept(this);
        generator.writeEndObject();
        return this;
    }

    <T> Json putObjects(String name, List<T> values, BiConsumer<Json, T> content) {
        generator.writeArrayPropertyStart(name);
        for (T value : values) {
            generator.writeStartObject();
            content.accept(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    Json putTexts(String name, Iterable<?> values) {
        generator.writeArrayPropertyStart(name);
        for (Object value : values) {
            generator.writeString(value.toString());
        }
        generator.writeEndArray();
        return this;
    }

    Json putNumbers(String name, Iterable<Long> values) {
        generator.writeArrayPropertyStart(name);
        for (long value : values) {
            generator.writeNumber(value);
        }
        generator.writeEndArray();
        return this;
    }

    Json putReasons(String name, List<Reason> reasons) {
        return putObjects(
                name,
                reasons,
                (json, reason) -> json.put("code", reason.code().name()).put("message", reason.message()));
    }
}
