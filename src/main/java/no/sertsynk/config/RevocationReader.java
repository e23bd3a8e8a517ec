package no.sertsynk.config;

import java.time.Duration;
import java.util.List;
import no.sertsynk.config.Configuration.Revocation;

/** Reads {@code revocation}: whether and where it is asked if a certificate was revoked. */
final class RevocationReader {
    private RevocationReader() {}

    static Revocation read(Section section, Values values) {
        Revocation revocation = new Revocation(
                values.oneOf(section, "mode", List.of("require", "prefer", "off"))
                        .orElse("require"),
                Hosts.read(section, "allow"),
                values.duration(section, "maxStale").orElse(Duration.ofHours(24)));
        section.finish();
        return revocation;
    }
}
