package no.sertsynk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads parties that were written by hand: a YAML list of {@code herId}, {@code name}, {@code organizationNumber},
 * {@code ldapStrings} and {@code certificates}, all mistakes at once with their places. What stands in the certificate files
 * is of no concern here: one that cannot be used is one party's trouble, not the others'.
 */
public final class PartyFile {
    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final int MAX_OF_ONE = 100;
    private static final Keys KEYS = Keys.of(
            Key.value("herId", "positive number", "The HER-id of the communication party.")
                    .required(),
            Key.value("name", "text", "What it is called."),
            Key.value(
                    "organizationNumber", "nine digits", "The organisation number that its certificates should have."),
            Key.list("ldapStrings", "list of texts", "Where its certificates are.")
                    .otherwise("certificates"),
            Key.list("certificates", "list of paths", "Files with its certificates, in PEM or DER.")
                    .otherwise("ldapStrings"));
    private static final YamlFile.Kind KIND = new YamlFile.Kind(
            "a file of parties", "a list of parties ([] for none)", "name it with register.file.path", MAX_BYTES);

    private final Values values;
    private final Mistakes mistakes;
    private final Set<HerId> seen = new HashSet<>();

    private PartyFile(Values values, Mistakes mistakes) {
        this.values = values;
        this.mistakes = mistakes;
    }

    /**
     * One party.
     *
     * @param name empty text if none is written
     * @param ldapStrings as written
     * @param certificates files, absolute, each with the place that names it
     */
    public record Entry(
            HerId herId,
            String name,
            Optional<OrganizationNumber> organizationNumber,
            List<String> ldapStrings,
            List<Named> certificates) {
        public Entry {
            ldapStrings = List.copyOf(ldapStrings);
            certificates = List.copyOf(certificates);
        }
    }

    /** A file and where it is named, such as {@code parties.yaml:3:21}. */
    public record Named(Path file, String place) {}

    /** The parties, or everything that is wrong with the file. */
    public sealed interface Result {
        /** @param warnings what an administrator should look at, in the order of the file */
        record Loaded(List<Entry> entries, List<Mistake> warnings) implements Result {
            public Loaded {
                entries = List.copyOf(entries);
                warnings = List.copyOf(warnings);
            }

            /** The certificate files that the entries name. */
            public Set<Path> certificateFiles() {
                Set<Path> files = new LinkedHashSet<>();
                entries.forEach(entry -> entry.certificates().forEach(named -> files.add(named.file())));
                return files;
            }
        }

        /** At least one mistake, in the order of the file. */
        record Refused(List<Mistake> mistakes) implements Result {}
    }

    /**
     * Reads the file.
     *
     * @param environment looks up environment variables that paths in the file name
     */
    public static Result read(Path file, Function<String, Optional<String>> environment) {
        Mistakes mistakes = new Mistakes(file);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        PartyFile reader = new PartyFile(new Values(folder, new Variables(environment)), mistakes);
        List<Entry> entries =
                YamlFile.read(file, KIND, mistakes).map(reader::entries).orElse(List.of());
        return mistakes.isEmpty()
                ? new Result.Loaded(entries, mistakes.warningsInOrder())
                : new Result.Refused(mistakes.inOrder());
    }

    private List<Entry> entries(Node root) {
        if (!(root instanceof SequenceNode list)) {
            mistakes.add(root, "expected a list of parties, each with herId, found " + Section.kind(root));
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        int index = 0;
        for (Node item : list.getValue()) {
            entry(Section.element(KEYS, index++, item, mistakes)).ifPresent(entries::add);
        }
        return entries;
    }

    private Optional<Entry> entry(Section section) {
        Optional<HerId> herId = PartiesReader.herId(section);
        Optional<OrganizationNumber> number = PartiesReader.organizationNumber(section);
        String name = section.text("name").orElse("");
        List<String> strings = section.texts("ldapStrings");
        List<Named> certificates = certificates(section);
        section.require("herId");
        section.finish();
        if (strings.size() + certificates.size() > MAX_OF_ONE) {
            section.mistake("herId", "expected at most " + MAX_OF_ONE + " strings and certificates of one party");
        }
        if (herId.isPresent() && !seen.add(herId.get())) {
            section.mistake("herId", "expected each party once, found " + herId.get() + " again");
        }
        if (strings.isEmpty() && !section.has("certificates")) {
            section.mistake("ldapStrings", "expected ldapStrings or certificates, found neither");
        }
        return herId.map(id -> new Entry(id, name, number, strings, certificates));
    }

    private List<Named> certificates(Section section) {
        List<Named> files = new ArrayList<>();
        for (ScalarNode node : section.scalars("certificates").orElse(List.of())) {
            values.path(section, "certificates", node)
                    .ifPresent(path -> files.add(new Named(path, mistakes.place(node))));
        }
        return files;
    }
}
