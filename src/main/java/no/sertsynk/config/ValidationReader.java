package no.sertsynk.config;

import no.sertsynk.config.Configuration.Validation;

/** Reads {@code validation}: what is asked of a certificate beyond its path. */
final class ValidationReader {
    private ValidationReader() {}

    static Validation read(Section section, Values values) {
        Validation validation = new Validation(
                values.oneOf(section, "organization").orElse("remember"),
                values.integer(section, "minimumRsaBits", 1024, 16_384).orElse(2048));
        section.finish();
        return validation;
    }
}
