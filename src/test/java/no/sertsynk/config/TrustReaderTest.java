package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration.Trust;
import org.junit.jupiter.api.Test;

class TrustReaderTest extends WrittenConfiguration {
    @Test
    void absentAndEmpty_differ() throws Exception {
        assertThat(written.loaded("").trust()).isEmpty();
        assertThat(written.loaded("trust: {}\n").trust()).isEqualTo(Optional.of(new Trust(List.of(), List.of())));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        written.set("PINS", "/etc/pins");
        assertThat(written.loaded("trust: {anchors: [/a, \"${PINS}/b\"], intermediates: [c/../d]}\n")
                        .trust())
                .isEqualTo(Optional.of(
                        new Trust(List.of(Path.of("/a"), Path.of("/etc/pins/b")), List.of(folder.resolve("d")))));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("trust:\n  anchors: /a\n  intermediates: [\"${NOT_SET}\", \"\"]\n  pins: []\n"))
                .containsExactly(
                        "5:12: trust.anchors: expected a list, found '/a'",
                        "6:18: trust.intermediates: expected the environment variable NOT_SET to be set, found that it"
                                + " is not",
                        "6:18: trust.intermediates: expected a path, found ''",
                        "7:3: trust.pins: unknown key");
    }
}
