package no.sertsynk.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON text whose values tests look at by their path, such as {@code /parties/0/herId}. */
final class JsonTree {
    private final @Nullable Object value;

    private JsonTree(@Nullable Object value) {
        this.value = value;
    }

    /** Reads exactly one value. */
    static JsonTree read(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            JsonTree tree = new JsonTree(value(parser));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("expected one JSON value, found more: " + text);
            }
            return tree;
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (Objects.requireNonNull(parser.currentToken())) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = Objects.requireNonNull(parser.currentName());
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("unexpected " + parser.currentToken());
        };
    }

    /** The value there; null for JSON's null. Fails if there is no such place. */
    @Nullable
    Object at(String path) {
        Object here = value;
        for (String step : path.substring(1).split("/")) {
            if (here instanceof Map<?, ?> object && object.containsKey(step)) {
                here = object.get(step);
            } else if (here instanceof List<?> array && Integer.parseInt(step) < array.size()) {
                here = array.get(Integer.parseInt(step));
            } else {
                throw new AssertionError("there is no " + path + " in " + value);
            }
        }
        return here;
    }

    /** The text there. */
    String text(String path) {
        return String.valueOf(at(path));
    }

    /** The values there. */
    List<?> list(String path) {
        return (List<?>) Objects.requireNonNull(at(path));
    }
}
