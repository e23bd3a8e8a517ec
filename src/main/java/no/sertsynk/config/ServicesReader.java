package no.sertsynk.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.Milestones;
import no.sertsynk.config.Configuration.Party;
import no.sertsynk.config.Configuration.Service;
import no.sertsynk.model.HerId;
import no.sertsynk.service.tls.TlsUrl;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code services}: whose certificates change, where and when. */
final class ServicesReader {
    private static final String MESSAGES = "messages";

    private final Values values;
    private final String environment;
    private final Optional<List<Party>> parties;
    /** A party's certificates cannot be switched off at two times. */
    private final Map<HerId, String> claimed = new HashMap<>();

    /** @param parties of the file; empty if it has none, or a wrong list */
    ServicesReader(Values values, String environment, Optional<List<Party>> parties) {
        this.values = values;
        this.environment = environment;
        this.parties = parties;
    }

    List<Service> read(Section root) {
        List<Service> services = new ArrayList<>();
        for (Section section : root.sections("services").orElse(List.of())) {
            service(section).ifPresent(read -> {
                if (services.stream().anyMatch(other -> other.name().equals(read.name()))) {
                    section.mistake("name", "expected each name once, found " + read.name() + " again");
                }
                services.add(read);
            });
            section.finish();
        }
        return List.copyOf(services);
    }

    private Optional<Service> service(Section section) {
        section.require("name", "kind");
        Optional<String> name = Values.name(section, "name");
        String own = values.oneOf(section, "environment").orElse(environment);
        Optional<String> kind = values.oneOf(section, "kind");
        boolean isMessages = kind.filter(MESSAGES::equals).isPresent();
        Optional<List<ScalarNode>> named = section.scalars("parties");
        Set<HerId> its = PartiesReader.known(section, named.orElse(List.of()), parties);
        List<TlsUrl> oldUrls = addresses(section, "oldUrl");
        List<TlsUrl> newUrls = addresses(section, "newUrl");
        List<Path> oldCertificates = files(section, "oldCertificates");
        List<Path> newCertificates = files(section, "newCertificates");
        boolean hasFiles = section.has("oldCertificates") || section.has("newCertificates");
        Milestones milestones = milestones(section.section("milestones"), isMessages && !hasFiles);
        if (!own.equals(environment)) {
            section.warn(
                    "environment",
                    "the service is in " + own + " and this file is for " + environment
                            + ", so that it is probed and its milestones do nothing");
        } else if (isMessages) {
            claim(section, its, name.orElse(""));
        }
        if (isMessages
                && (!section.has("parties") || named.filter(List::isEmpty).isPresent())) {
            section.mistake("parties", "expected the HER-ids of the service, found none");
        }
        if (kind.isPresent() && !isMessages) {
            direct(section, hasFiles);
        }
        if (name.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Service(
                name.get(), own, kind.get(), its, oldUrls, newUrls, oldCertificates, newCertificates, milestones));
    }

    private static void direct(Section section, boolean hasFiles) {
        if (section.has("parties")) {
            section.mistake("parties", "expected HER-ids with the kind messages alone");
        }
        if (!section.has("oldUrl") && !section.has("newUrl") && !hasFiles) {
            section.mistake(
                    "newUrl", "expected oldUrl, newUrl, oldCertificates or newCertificates, found none of them");
        }
    }

    private void claim(Section section, Set<HerId> its, String name) {
        for (HerId herId : its) {
            String other = claimed.putIfAbsent(herId, name);
            if (other != null) {
                section.mistake(
                        "parties", "expected each party in one service, found " + herId + " in " + other + " too");
            }
        }
    }

    private List<TlsUrl> addresses(Section section, String key) {
        List<TlsUrl> addresses = new ArrayList<>();
        for (ScalarNode node : section.oneOrMore(key)) {
            values.text(section, key, node).ifPresent(text -> {
                try {
                    addresses.add(TlsUrl.parse(text));
                } catch (IllegalArgumentException e) {
                    section.mistake(key, node, String.valueOf(e.getMessage()));
                }
            });
        }
        return List.copyOf(addresses);
    }

    /** A file may come later, or be for others to read: what needs it tells so. */
    private List<Path> files(Section section, String key) {
        List<Path> files = new ArrayList<>();
        for (ScalarNode node : section.scalars(key).orElse(List.of())) {
            values.path(section, key, node).ifPresent(path -> {
                if (!Files.exists(path)) {
                    section.warn(key, node, "expected certificates in " + path + ", found nothing there");
                }
                files.add(path);
            });
        }
        return List.copyOf(files);
    }

    /** @param needsPublished whether nothing else tells which certificates are old */
    private Milestones milestones(Section section, boolean needsPublished) {
        Optional<Instant> published = values.moment(section, "published");
        Optional<Instant> parallelFrom = values.moment(section, "parallelFrom");
        Optional<Instant> oldOff = values.moment(section, "oldOff");
        inOrder(section, "published", published, "parallelFrom", parallelFrom);
        inOrder(section, "parallelFrom", parallelFrom, "oldOff", oldOff);
        if (parallelFrom.isEmpty()) {
            inOrder(section, "published", published, "oldOff", oldOff);
        }
        if (needsPublished && section.has("oldOff") && !section.has("published")) {
            section.mistake(
                    "published",
                    "expected it, oldCertificates or newCertificates, to tell the new certificate from the old,"
                            + " found none of them");
        }
        section.finish();
        return new Milestones(published, parallelFrom, oldOff);
    }

    private static void inOrder(
            Section section, String first, Optional<Instant> earlier, String second, Optional<Instant> later) {
        if (earlier.isPresent() && later.isPresent() && later.get().isBefore(earlier.get())) {
            section.mistake(
                    second, "expected a time after " + first + " (" + earlier.get() + "), found " + later.get());
        }
    }
}
