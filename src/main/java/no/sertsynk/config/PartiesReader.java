package no.sertsynk.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.Party;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code parties}: whose certificates to install. */
final class PartiesReader {
    private PartiesReader() {}

    static Optional<List<Party>> read(Section root) {
        if (root.value("parties")
                .filter(node ->
                        node instanceof ScalarNode scalar && scalar.getValue().equals("all"))
                .isPresent()) {
            root.mistake("parties", "expected a list of HER-ids, found 'all', which a register over soap cannot tell");
            return Optional.empty();
        }
        return root.sections("parties").map(PartiesReader::parties);
    }

    private static List<Party> parties(List<Section> sections) {
        List<Party> parties = new ArrayList<>();
        Set<HerId> seen = new HashSet<>();
        for (Section section : sections) {
            Optional<HerId> herId = herId(section);
            Optional<OrganizationNumber> number = organizationNumber(section);
            section.require("herId");
            section.finish();
            if (herId.isPresent() && !seen.add(herId.get())) {
                section.mistake("herId", "expected each party once, found " + herId.get() + " again");
            }
            herId.ifPresent(id -> parties.add(new Party(id, number)));
        }
        return parties;
    }

    /** The HER-ids of a section's own {@code parties}; each that the file does not name is a mistake. */
    static Set<HerId> known(Section section, List<ScalarNode> nodes, Optional<List<Party>> parties) {
        Set<HerId> known = new LinkedHashSet<>();
        for (ScalarNode node : nodes) {
            Optional<HerId> herId = HerId.parse(node.getValue())
                    .filter(id -> parties.isEmpty()
                            || parties.get().stream().map(Party::herId).anyMatch(id::equals));
            herId.ifPresent(known::add);
            if (herId.isEmpty()) {
                section.mistake(
                        "parties", node, "expected HER-ids that stand under parties, found '" + node.getValue() + "'");
            }
        }
        return known;
    }

    static Optional<HerId> herId(Section section) {
        return section.text("herId").flatMap(text -> {
            Optional<HerId> read = HerId.parse(text);
            if (read.isEmpty()) {
                section.mistake("herId", "expected a HER-id (a positive number), found '" + text + "'");
            }
            return read;
        });
    }

    static Optional<OrganizationNumber> organizationNumber(Section section) {
        return section.text("organizationNumber").flatMap(text -> {
            Optional<OrganizationNumber> read = OrganizationNumber.parse(text);
            if (read.isEmpty()) {
                section.mistake("organizationNumber", "expected nine digits, found '" + text + "'");
            }
            return read;
        });
    }
}
