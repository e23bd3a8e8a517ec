package no.sertsynk.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration.HookSection;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code onChange}: who is told of changes. An item is a list of arguments, or keys: {@code command} or {@code url}
 * with {@code tokenFile}, and {@code timeout}.
 */
final class HooksReader {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final Values values;

    HooksReader(Values values) {
        this.values = values;
    }

    List<HookSection> read(Section keystore) {
        List<HookSection> hooks = new ArrayList<>();
        List<Node> nodes = keystore.nodes("onChange").orElse(List.of());
        for (Node node : nodes) {
            if (node instanceof MappingNode) {
                Section section = keystore.item("onChange", nodes.indexOf(node), node);
                mapping(section).ifPresent(hooks::add);
                section.finish();
            } else {
                arguments(keystore, "onChange", node)
                        .ifPresent(command -> hooks.add(new HookSection.Command(command, DEFAULT_TIMEOUT)));
            }
        }
        return List.copyOf(hooks);
    }

    private Optional<HookSection> mapping(Section section) {
        var token = values.secret(section, "token");
        Duration timeout = values.timeout(section, "timeout").orElse(DEFAULT_TIMEOUT);
        Optional<Node> command = section.value("command");
        if (command.isPresent() == section.has("url")) {
            section.mistake("url", "expected either url or command, found " + (command.isPresent() ? "both" : "none"));
            return Optional.empty();
        }
        if (command.isPresent()) {
            if (Secrets.isNamed(section, "token")) {
                section.mistake("token", "expected a token for a url alone, found one for a command");
            }
            return arguments(section, "command", command.get())
                    .map(arguments -> new HookSection.Command(arguments, timeout));
        }
        Optional<URI> url = values.secretUri(section, "url");
        return url.map(address -> new HookSection.Webhook(address, token, timeout));
    }

    /** Commands are lists of arguments; no shell takes them apart. */
    private static Optional<List<String>> arguments(Section section, String place, Node node) {
        boolean usable = node instanceof SequenceNode list
                && !list.getValue().isEmpty()
                && list.getValue().stream().allMatch(ScalarNode.class::isInstance);
        if (!usable) {
            section.mistake(
                    place,
                    node,
                    "expected a list of arguments such as [systemctl, reload, epj.service], found "
                            + Section.kind(node));
            return Optional.empty();
        }
        return Optional.of(((SequenceNode) node)
                .getValue().stream()
                        .map(argument -> ((ScalarNode) argument).getValue())
                        .toList());
    }
}
