package no.sertsynk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.sertsynk.app.UsageException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One case of a batch: texts, numbers, lists of texts and flags by name. Fields that nobody knows are ignored. */
record BatchCase(Map<String, String> texts, Map<String, List<String>> lists, Set<String> flags, boolean hasNumber) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static BatchCase parse(String line) throws UsageException {
        BatchCase read = new BatchCase(new HashMap<>(), new HashMap<>(), new HashSet<>(), false);
        boolean hasNumber = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UsageException("expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                hasNumber |= name.equals("id") && value == JsonToken.VALUE_NUMBER_INT;
                read.put(name, value, parser);
            }
            return new BatchCase(read.texts(), read.lists(), read.flags(), hasNumber);
        } catch (JacksonException e) {
            throw new UsageException("expected JSON, found: " + e.getOriginalMessage());
        }
    }

    private void put(String name, JsonToken value, JsonParser parser) {
        switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT -> texts.put(name, parser.getString());
            case VALUE_TRUE -> flags.add(name);
            case START_ARRAY -> lists.put(name, array(parser));
            default -> parser.skipChildren();
        }
    }

    private static List<String> array(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        return texts;
    }

    /** The field, or the fallback where there is none. */
    String text(String name, String fallback) {
        return texts.getOrDefault(name, fallback);
    }

    List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** The paths of a list, relative to a folder. */
    List<Path> paths(String name, Path folder) {
        List<Path> paths = new ArrayList<>();
        list(name).forEach(path -> paths.add(folder.resolve(path)));
        return paths;
    }

    boolean flag(String name) {
        return flags.contains(name);
    }

    /** The id as it stood in the case: a number stays a number. */
    void putId(Json row) {
        String id = text("id", "");
        if (hasNumber && id.length() <= 18) {
            row.put("id", Long.parseLong(id));
        } else {
            row.put("id", id);
        }
    }
}
