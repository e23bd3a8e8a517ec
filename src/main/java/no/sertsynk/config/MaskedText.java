package no.sertsynk.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A configuration with its secrets masked. Values of keys that are described and hold no secret are shown; all others are
 * not, since a secret may stand under a misspelt key too. Of an address, what stands before an {@code @} is not.
 */
final class MaskedText {
    private static final String MASK = "(masked)";
    private static final String COMMAND = "command";
    private static final Pattern USER = Pattern.compile("//[^/@]*@");
    /** Addresses that events are posted to, whose paths are often as good as a password. */
    private static final Pattern PATH_AND_QUERY = Pattern.compile("(?<=[a-z]://)([^/?#]+)[/?#].*");

    private MaskedText() {}

    static String of(Node root) {
        StringBuilder text = new StringBuilder();
        DumpSettings settings = DumpSettings.builder().setMultiLineFlow(false).build();
        new Dump(settings).dumpNode(masked(root, Optional.of(ConfigurationKeys.ALL)), new StreamDataWriter() {
            @Override
            public void write(String some) {
                text.append(some);
            }

            @Override
            public void write(String some, int offset, int length) {
                text.append(some, offset, offset + length);
            }
        });
        return text.toString();
    }

    /** @param keys that the node may have; empty where nothing is known of it, so that no value is shown */
    private static Node masked(Node node, Optional<Keys> keys) {
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, keys);
            case SequenceNode list -> {
                List<Node> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(masked(item, keys)));
                yield new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
            }
            case ScalarNode scalar -> scalar(MASK);
            default -> scalar(MASK);
        };
    }

    private static MappingNode mapping(MappingNode mapping, Optional<Keys> keys) {
        List<NodeTuple> entries = new ArrayList<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            Optional<Key> key = keys.flatMap(known -> known.find(name));
            boolean isWebhook = name.equals("url")
                    && keys.flatMap(known -> known.find(COMMAND)).isPresent();
            // What is no known key may be anything, such as a secret in the wrong line.
            entries.add(
                    new NodeTuple(scalar(key.isPresent() ? name : MASK), value(entry.getValueNode(), key, isWebhook)));
        }
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    private static Node value(Node node, Optional<Key> key, boolean isWebhook) {
        if (key.isEmpty()) {
            return masked(node, Optional.empty());
        }
        Key known = key.get();
        return switch (known.form()) {
            case VALUE -> {
                if (isWebhook) {
                    yield webhook(node);
                }
                yield known.isSecret() && !isVariable(node) ? scalar(MASK) : shown(node);
            }
            case LIST -> known.name().equals(COMMAND) ? command(node) : shown(node);
            case MAP -> shown(node);
            case SECTION, SECTIONS -> items(node, known.keys());
        };
    }

    /** Items of a list may be short forms instead of keys, such as the arguments of a command. */
    private static Node items(Node node, Keys keys) {
        if (!(node instanceof SequenceNode list)) {
            return masked(node, Optional.of(keys));
        }
        List<Node> items = new ArrayList<>();
        list.getValue()
                .forEach(item ->
                        items.add(item instanceof MappingNode ? masked(item, Optional.of(keys)) : command(item)));
        return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
    }

    private static Node webhook(Node node) {
        return node instanceof ScalarNode address
                ? shown(scalar(PATH_AND_QUERY.matcher(address.getValue()).replaceAll("$1/" + MASK)))
                : scalar(MASK);
    }

    /** The program alone: arguments may be anything. */
    private static Node command(Node node) {
        return node instanceof SequenceNode list && !list.getValue().isEmpty()
                ? new SequenceNode(Tag.SEQ, List.of(shown(list.getValue().getFirst()), scalar(MASK)), FlowStyle.FLOW)
                : scalar(MASK);
    }

    private static boolean isVariable(Node node) {
        return node instanceof ScalarNode scalar && Variables.isOne(scalar.getValue());
    }

    private static Node shown(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar(USER.matcher(scalar.getValue()).replaceAll("//" + MASK + "@"));
            case SequenceNode list -> {
                List<Node> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(shown(item)));
                yield new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
            }
            case MappingNode mapping -> {
                List<NodeTuple> entries = new ArrayList<>();
                mapping.getValue()
                        .forEach(entry ->
                                entries.add(new NodeTuple(shown(entry.getKeyNode()), shown(entry.getValueNode()))));
                yield new MappingNode(Tag.MAP, entries, FlowStyle.FLOW);
            }
            default -> scalar(MASK);
        };
    }

    private static ScalarNode scalar(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }
}
