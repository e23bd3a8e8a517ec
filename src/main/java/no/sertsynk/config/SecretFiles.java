package no.sertsynk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import no.sertsynk.config.ConfigurationReader.SecretFile;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the files that a configuration keeps secrets in, whatever else is wrong with it. */
final class SecretFiles {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z]*File");
    /** Keys that name a file which is no secret. */
    private static final Set<String> PUBLIC = Set.of("certificateFile", "caFile");

    private final Values values;
    private final List<SecretFile> found = new ArrayList<>();

    SecretFiles(Values values) {
        this.values = values;
    }

    /** In the order of the file. A path that cannot be read is told by the reader of its section. */
    List<SecretFile> in(Node root) {
        look("", root);
        return List.copyOf(found);
    }

    private void look(String place, Node node) {
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                look(place + "[" + i + "]", list.getValue().get(i));
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    enter(place, mapping, key.getValue(), entry.getValueNode());
                }
            }
        }
    }

    private void enter(String around, MappingNode mapping, String key, Node value) {
        String place = around.isEmpty() ? key : around + "." + key;
        if (NAME.matcher(key).matches() && !PUBLIC.contains(key) && value instanceof ScalarNode) {
            // Mistakes of this second reading have been told by the first.
            Keys keys = Keys.of(Key.value(key, "path", "A file with a secret."));
            Section section = Section.document(keys, mapping, new Mistakes(Path.of(key)));
            values.path(section, key).ifPresent(path -> found.add(new SecretFile(place, path)));
        } else {
            look(place, value);
        }
    }
}
