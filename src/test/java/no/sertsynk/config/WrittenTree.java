package no.sertsynk.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A configuration whose keys are set and removed by path, with one item in each list of keys. */
final class WrittenTree {
    private final Map<String, Object> root = new LinkedHashMap<>();

    /** A configuration without mistakes that has what its parts need. */
    static WrittenTree valid() {
        return new WrittenTree()
                .set("register.soap.username", "demo")
                .set("register.soap.passwordFile", "password")
                .set("state", "state")
                .set("parties[].herId", "1")
                .set("services[].name", "portal")
                .set("services[].kind", "messages")
                .set("services[].parties", "[1]")
                .set("keystores[].name", "dit")
                .set("keystores[].path", "dit.p12")
                .set("keystores[].passwordFile", "password")
                .set("keystores[].onChange[].url", "\"https://hook.example/\"");
    }

    /** @param value in YAML's flow style, on one line */
    WrittenTree set(String path, String value) {
        parent(path).put(leaf(path), value);
        return this;
    }

    /** Removes the key; those around it are there afterwards. */
    WrittenTree remove(String path) {
        parent(path).remove(leaf(path));
        return this;
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @SuppressWarnings("unchecked") // of what is put here alone
    private Map<String, Object> parent(String path) {
        Map<String, Object> here = root;
        List<String> words = new ArrayList<>(List.of(path.split("\\.")));
        words.removeLast();
        for (String word : words) {
            String key = word.replace("[]", "");
            if (here.get(key) instanceof String) {
                here.remove(key);
            }
            here = word.endsWith("[]")
                    ? ((List<Map<String, Object>>)
                                    here.computeIfAbsent(key, name -> List.of(new LinkedHashMap<String, Object>())))
                            .getFirst()
                    : (Map<String, Object>) here.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
        }
        return here;
    }

    @Override
    public String toString() {
        return root.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + flow(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(WrittenTree::flow).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
