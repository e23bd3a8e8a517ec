package no.sertsynk.config;

import java.util.ArrayList;
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
 * A mapping of a file, and the keys that it may have. One that the file lacks has no keys, and its place is that of the
 * mapping around it.
 */
final class Section {
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private final Keys keys;
    private final String path;
    private final Node place;
    private final boolean present;
    private final Mistakes mistakes;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

    private Section(Keys keys, String path, Node place, boolean present, Mistakes mistakes) {
        this.keys = keys;
        this.path = path;
        this.place = place;
        this.present = present;
        this.mistakes = mistakes;
    }

    /** The document that begins with the node, and may have those keys. */
    static Section document(Keys keys, Node root, Mistakes mistakes) {
        return of(keys, "", root, mistakes);
    }

    /** One item of a document that is a list. */
    static Section element(Keys keys, int index, Node node, Mistakes mistakes) {
        return of(keys, "[" + index + "]", node, mistakes);
    }

    /** The mapping that the node is; anything else is a mistake and read as an empty mapping. */
    private static Section of(Keys keys, String path, Node node, Mistakes mistakes) {
        Section section = new Section(keys, path, node, true, mistakes);
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
        key(key);
        NodeTuple entry = entries.get(key);
        return entry == null || isEmpty(entry) ? Optional.empty() : Optional.of(entry.getValueNode());
    }

    /** What is known of the key. */
    Key key(String name) {
        return keys.find(name)
                .orElseThrow(() -> new IllegalArgumentException("expected a described key, found " + at(name)));
    }

    /** The mapping under that key. */
    Section section(String key) {
        Keys below = key(key).keys();
        return value(key)
                .map(value -> of(below, at(key), value, mistakes))
                .orElseGet(() -> new Section(below, at(key), place, false, mistakes));
    }

    /** The mappings of a list. */
    Optional<List<Section>> sections(String key) {
        return nodes(key).map(nodes -> {
            List<Section> sections = new ArrayList<>();
            for (Node node : nodes) {
                sections.add(item(key, sections.size(), node));
            }
            return sections;
        });
    }

    /** The mapping that one item of a list is. */
    Section item(String key, int index, Node node) {
        return of(key(key).keys(), at(key) + "[" + index + "]", node, mistakes);
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

    /** The scalars of a list, or the one that stands in its place. */
    List<ScalarNode> oneOrMore(String key) {
        Optional<Node> value = value(key);
        if (value.isPresent() && !(value.get() instanceof SequenceNode)) {
            return value.flatMap(node -> scalar(key, node)).stream().toList();
        }
        return scalars(key).orElse(List.of());
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
            scalar(key, entry.getValueNode()).ifPresent(scalar -> all.put(key, scalar));
        });
        return all;
    }

    /** Tells a mistake where the key's value stands, or where the section begins if it has no such key. */
    void mistake(String key, String message) {
        mistakes.add(place(key), at(key) + ": " + message);
    }

    /** Tells a mistake at one item of the key's list. */
    void mistake(String key, Node item, String message) {
        mistakes.add(item, at(key) + ": " + message);
    }

    /** Tells what the administrator should look at, though it is no mistake. */
    void warn(String key, String message) {
        mistakes.warn(place(key), at(key) + ": " + message);
    }

    /** The same of one item of the key's list. */
    void warn(String key, Node item, String message) {
        mistakes.warn(item, at(key) + ": " + message);
    }

    private Node place(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null || isEmpty(entry) ? place : entry.getValueNode();
    }

    private static boolean isEmpty(NodeTuple entry) {
        return entry.getValueNode() instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL);
    }

    /** Tells each of these keys that is absent. */
    void require(String... keys) {
        for (String key : keys) {
            if (!has(key)) {
                mistake(key, "expected this key, found none");
            }
        }
    }

    /** Tells every key that may not stand here. */
    void finish() {
        entries.forEach((key, entry) -> {
            if (keys.find(key).isEmpty()) {
                String near = Nearest.of(key, keys.names())
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
