package no.sertsynk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.config.Configuration.Party;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code keystores}: the files that certificates are installed in. */
final class KeystoresReader {
    private static final int DEFAULT_GENERATIONS = 5;

    private final Values values;
    private final Optional<List<Party>> parties;

    /** @param parties of the configuration, of which a keystore may name some */
    KeystoresReader(Values values, Optional<List<Party>> parties) {
        this.values = values;
        this.parties = parties;
    }

    Optional<List<KeystoreSection>> read(Section root) {
        return root.sections("keystores").map(sections -> {
            List<KeystoreSection> keystores = new ArrayList<>();
            Set<String> names = new HashSet<>();
            Set<Path> paths = new HashSet<>();
            for (Section section : sections) {
                Optional<KeystoreSection> keystore = keystore(section);
                section.finish();
                keystore.ifPresent(read -> {
                    if (!names.add(read.name())) {
                        section.mistake("name", "expected each name once, found " + read.name() + " again");
                    }
                    if (!paths.add(real(read.path()))) {
                        section.mistake(
                                "path",
                                "expected a file of its own, found one that another keystore has: " + read.path());
                    }
                    keystores.add(read);
                });
            }
            return keystores;
        });
    }

    private static Path real(Path path) {
        try {
            if (Files.exists(path)) {
                return path.toRealPath();
            }
            Path folder = path.getParent();
            return folder != null && Files.exists(folder) ? folder.toRealPath().resolve(path.getFileName()) : path;
        } catch (IOException e) {
            // A path that cannot be resolved now is compared as it is written; opening it will tell what is wrong.
            return path;
        }
    }

    private Optional<KeystoreSection> keystore(Section section) {
        section.require("name", "path");
        String type = values.oneOf(section, "type").orElse("PKCS12");
        String profile = values.oneOf(section, "profile").orElse("modern");
        var password = values.secret(section, "password");
        if (!type.startsWith("PEM") && !Secrets.isNamed(section, "password")) {
            section.mistake("passwordFile", "expected a password for " + type + ", found none");
        }
        Set<Purpose> purposes = purposes(section);
        Optional<Set<HerId>> served =
                section.scalars("parties").map(nodes -> PartiesReader.known(section, nodes, parties));
        Optional<AliasTemplate> aliases = AliasReader.read(section, count(served), purposes.size());
        int generations = values.integer(section, "generations", 0, 1000).orElse(DEFAULT_GENERATIONS);
        List<HookSection> hooks = new HooksReader(values).read(section);
        Optional<String> name = Values.name(section, "name");
        Optional<Path> path = values.path(section, "path");
        if (name.isEmpty() || path.isEmpty() || aliases.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeystoreSection(
                name.get(), path.get(), type, profile, password, purposes, served, aliases.get(), generations, hooks));
    }

    /** How many parties the keystore may hold. */
    private int count(Optional<Set<HerId>> served) {
        return served.map(Set::size).or(() -> parties.map(List::size)).orElse(Integer.MAX_VALUE);
    }

    private static Set<Purpose> purposes(Section section) {
        Optional<List<ScalarNode>> nodes = section.scalars("purposes");
        if (nodes.isEmpty()) {
            return Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE);
        }
        Set<Purpose> purposes = new LinkedHashSet<>();
        for (ScalarNode node : nodes.get()) {
            Optional<Purpose> purpose = Purpose.parse(node.getValue());
            if (purpose.isEmpty()) {
                section.mistake(
                        "purposes",
                        node,
                        "expected encryption, signature or authentication, found '" + node.getValue() + "'");
            }
            purpose.ifPresent(purposes::add);
        }
        return purposes;
    }
}
