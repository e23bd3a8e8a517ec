package no.sertsynk.config;

import java.util.List;
import no.sertsynk.config.Configuration.Network;

/** Reads {@code network}: the way out of this host. */
final class NetworkReader {
    private NetworkReader() {}

    static Network read(Section section, Values values) {
        Network network = new Network(
                values.uri(section, "proxy", List.of("http")),
                section.texts("noProxy"),
                values.path(section, "caFile"));
        section.finish();
        return network;
    }
}
