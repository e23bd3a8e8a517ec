package no.sertsynk.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of the file that remembers which keys were asked for, so that the others can be told as unknown. */
final class Section {
    private final String path;
    private final Node node;
    private final Mistakes mistakes;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    Section(String path, Node node, Mistakes mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (entries.putIfAbsent(key, entry) != null) {
                    mistakes.add(entry.getKeyNode(), at(key) + ": expected once, found twice");
                }
            }
        } else {
            mistakes.add(node, path + ": expected keys with values, found " + kind(node));
        }
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Node node() {
        return node;
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    /** The value of the key; an empty one counts as absent. */
    Optional<Node> value(String key) {
        known.add(key);
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Node value = entry.getValueNode();
        boolean empty = value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
        return empty ? Optional.empty() : Optional.of(value);
    }

    Optional<Section> section(String key) {
        return value(key).map(value -> new Section(at(key), value, mistakes));
    }

    /** The text of a scalar; a number or word is text too, as it stands in the file. */
    Optional<String> text(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof ScalarNode)) {
            mistakes.add(value.get(), at(key) + ": expected one value, found " + kind(value.get()));
            return Optional.empty();
        }
        return value.map(node -> ((ScalarNode) node).getValue());
    }

    /** The scalars of a list. */
    Optional<List<ScalarNode>> scalars(String key) {
        return nodes(key).map(nodes -> {
            List<ScalarNode> scalars = new ArrayList<>();
            for (Node item : nodes) {
                if (item instanceof ScalarNode scalar) {
                    scalars.add(scalar);
                } else {
                    mistakes.add(item, at(key) + ": expected a list of single values, found " + kind(item));
                }
            }
            return scalars;
        });
    }

    Optional<List<Node>> nodes(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof SequenceNode)) {
            mistakes.add(value.get(), at(key) + ": expected a list, found " + kind(value.get()));
            return Optional.empty();
        }
        return value.map(node -> ((SequenceNode) node).getValue());
    }

    /** Keys and values of a mapping whose keys are the user's own. */
    Map<String, Node> entries() {
        Map<String, Node> all = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            known.add(key);
            all.put(key, entry.getValueNode());
        });
        return all;
    }

    /** Keys that later versions act on: known, and not looked into. */
    void ignore(String... keys) {
        known.addAll(List.of(keys));
    }

    /** Tells every key that nobody asked for. */
    void finish() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String near = Nearest.of(key, known)
                        .map(best -> "; did you mean '" + best + "'?")
                        .orElse("");
                mistakes.add(entry.getKeyNode(), at(key) + ": unknown key" + near);
            }
        });
    }

    static String kind(Node node) {
        return switch (node) {
            case MappingNode mapping -> "keys with values";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar -> "'" + scalar.getValue() + "'";
            default -> "something else";
        };
    }
}
