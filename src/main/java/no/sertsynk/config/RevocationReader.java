package no.sertsynk.config;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.EndedService;
import no.sertsynk.config.Configuration.Revocation;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code revocation}: whether and where it is asked if a certificate was revoked. */
final class RevocationReader {
    private static final List<String> METHODS = List.of("crl", "ocsp");

    private RevocationReader() {}

    static Revocation read(Section section, Values values) {
        Revocation revocation = new Revocation(
                values.oneOf(section, "mode").orElse("require"),
                Hosts.read(section, "allow"),
                values.duration(section, "maxStale").orElse(Duration.ofHours(24)),
                order(section),
                values.duration(section, "clockSkew").orElse(Duration.ofMinutes(5)),
                values.duration(section, "recheck").orElse(Duration.ZERO),
                ended(section, values));
        section.finish();
        return revocation;
    }

    private static List<String> order(Section section) {
        List<String> order = section.scalars("order")
                .map(nodes -> nodes.stream().map(ScalarNode::getValue).toList())
                .orElse(METHODS);
        if (order.isEmpty() || !METHODS.containsAll(order) || Set.copyOf(order).size() < order.size()) {
            section.mistake("order", "expected crl, ocsp or both, each once, found " + order);
        }
        return order;
    }

    private static List<EndedService> ended(Section section, Values values) {
        List<EndedService> ended = new ArrayList<>();
        for (Section service : section.sections("ended").orElse(List.of())) {
            service.require("issuer", "since");
            Optional<String> issuer = values.issuer(service, "issuer");
            Optional<Instant> since = values.date(service, "since");
            service.finish();
            if (issuer.isPresent() && since.isPresent()) {
                ended.add(new EndedService(issuer.get(), since.get()));
            }
        }
        return ended;
    }
}
