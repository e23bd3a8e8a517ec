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

/**
 * A mapping of the file that remembers which keys were asked for, so that the others can be told as unknown. One that the
 * file lacks has no keys, and its place is that of the mapping around it.
 */
final class Section {
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private final String path;
    private final Node place;
    private final boolean present;
    private final Mistakes mistakes;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    private Section(String path, Node place, boolean present, Mistakes mistakes) {
        this.path = path;
        this.place = place;
        this.present = present;
        this.mistakes = mistakes;
    }

    /** The mapping that the node is; anything else is a mistake and read as an empty mapping. */
    static Section of(String path, Node node, Mistakes mistakes) {
        Section section = new Section(path, node, true, mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::enter);
        } else {
            mistakes.add(node, (path.isEmpty() ? "" : path + ": ") + "expected keys with values, found " + kind(node));
        }
        return section;
    }

    private void enter(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
            mistakes.add(entry.getKeyNode(), at("?") + ": expected a word as key, found " + kind(entry.getKeyNode()));
        } else if (entries.putIfAbsent(scalar.getValue(), entry) != null) {
            mistakes.add(scalar, at(scalar.getValue()) + ": expected once, found twice");
        }
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Whether the file has it at all. */
    boolean isPresent() {
        return present;
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

    /** The mapping under that key. */
    Section section(String key) {
        return value(key)
                .map(value -> of(at(key), value, mistakes))
                .orElseGet(() -> new Section(at(key), place, false, mistakes));
    }

    /** The mappings of a list. */
    Optional<List<Section>> sections(String key) {
        return nodes(key).map(nodes -> {
            List<Section> sections = new ArrayList<>();
            for (Node node : nodes) {
                sections.add(of(at(key) + "[" + sections.size() + "]", node, mistakes));
            }
            return sections;
        });
    }

    /** The mapping that one item of a list is. */
    Section item(String key, Node node) {
        return of(at(key), node, mistakes);
    }

    /** The text of a scalar; a number or word is text too, as it stands in the file. */
    Optional<String> text(String key) {
        return value(key).flatMap(node -> scalar(key, node)).map(ScalarNode::getValue);
    }

    private Optional<ScalarNode> scalar(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            mistakes.add(node, at(key) + ": expected one value, found " + kind(node));
            return Optional.empty();
        }
        if (!PLAIN.contains(scalar.getTag())) {
            boolean empty = scalar.getTag().equals(Tag.NULL);
            String found =
                    empty ? "none" : "one with the tag " + scalar.getTag().getValue();
            mistakes.add(node, at(key) + ": expected a plain value, found " + found);
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    /** The scalars of a list. */
    Optional<List<ScalarNode>> scalars(String key) {
        return nodes(key)
                .map(nodes -> nodes.stream()
                        .flatMap(item -> scalar(key, item).stream())
                        .toList());
    }

    /** The texts of a list; none if the key is absent. */
    List<String> texts(String key) {
        return scalars(key).orElse(List.of()).stream().map(ScalarNode::getValue).toList();
    }

    Optional<List<Node>> nodes(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof SequenceNode)) {
            mistake(key, "expected a list, found " + kind(value.get()));
            return Optional.empty();
        }
        return value.map(node -> ((SequenceNode) node).getValue());
    }

    /** Scalars by key, of a mapping whose keys are the user's own. */
    Map<String, ScalarNode> scalars() {
        Map<String, ScalarNode> all = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            known.add(key);
            scalar(key, entry.getValueNode()).ifPresent(scalar -> all.put(key, scalar));
        });
        return all;
    }

    /** Tells a mistake where the key's value stands, or where the section begins if it has no such key. */
    void mistake(String key, String message) {
        mistakes.add(value(key).orElse(place), at(key) + ": " + message);
    }

    /** Tells a mistake at one item of the key's list. */
    void mistake(String key, Node item, String message) {
        mistakes.add(item, at(key) + ": " + message);
    }

    /** Tells what the administrator should look at, though it is no mistake. */
    void warn(String key, String message) {
        mistakes.warn(value(key).orElse(place), at(key) + ": " + message);
    }

    /** Tells each of these keys that is absent. */
    void require(String... keys) {
        for (String key : keys) {
            if (!has(key)) {
                mistake(key, "expected this key, found none");
            }
        }
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
