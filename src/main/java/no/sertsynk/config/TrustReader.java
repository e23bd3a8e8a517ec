package no.sertsynk.config;

import java.util.Optional;
import no.sertsynk.config.Configuration.Trust;

/** Reads {@code trust}: the certificate authorities. */
final class TrustReader {
    private TrustReader() {}

    static Optional<Trust> read(Section section, Values values) {
        Trust trust = new Trust(values.paths(section, "anchors"), values.paths(section, "intermediates"));
        section.finish();
        return section.isPresent() ? Optional.of(trust) : Optional.empty();
    }
}
