package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import no.sertsynk.config.Configuration.Validation;
import org.junit.jupiter.api.Test;

class ValidationReaderTest extends WrittenConfiguration {
    @Test
    void defaults_rememberTheOrganizationAndAskFor2048Bits() throws Exception {
        assertThat(written.loaded("").validation()).isEqualTo(new Validation("remember", 2048));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("validation: {organization: require, minimumRsaBits: 3072}\n")
                        .validation())
                .isEqualTo(new Validation("require", 3072));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("validation: {organization: Report, minimumRsaBits: 512, minimumRsaBit: 1}\n"))
                .containsExactly(
                        "4:28: validation.organization: expected one of require, remember, report, found 'Report' (did"
                                + " you mean report?)",
                        "4:52: validation.minimumRsaBits: expected a number from 1024 to 16384, found '512'",
                        "4:57: validation.minimumRsaBit: unknown key; did you mean 'minimumRsaBits'?");
    }
}
