package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.config.Configuration.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The profiles of services that are delivered. */
class ServiceProfilesTest extends WrittenConfiguration {
    private static final Path PROFILES = Path.of("config/services");

    static Stream<Path> profiles() throws IOException {
        return Files.list(PROFILES).sorted();
    }

    private static String withEnvironmentOf(Path profile, String services) {
        String environment = profile.toString().contains("-test.") ? "test" : "production";
        return Written.MINIMAL + "environment: " + environment + "\nparties: [{herId: 93238}]\n" + services;
    }

    private static String filled(String profile) {
        return profile.replace("<HER-id>", "93238")
                .replace("<address>", "https://tjeneste.example")
                .replace("<file>", "a.pem")
                .replace("published: <day>", "published: 2027-01-11")
                .replace("parallelFrom: <day>", "parallelFrom: 2027-01-18")
                .replace("oldOff: <day>", "oldOff: \"2027-03-01T08:00:00+01:00\"");
    }

    @BeforeEach
    void certificate() throws Exception {
        written.file("a.pem", "");
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void filledIn_itIsAcceptedWithItsOptionsAndWithout(Path profile) throws Exception {
        String filled = filled(Files.readString(profile));
        for (String yaml : List.of(filled, filled.replaceAll("(?m)^( +)#(?=[a-z])", "$1"))) {
            assertThat(yaml).doesNotContainPattern("(?m)^[^#]*<");
            ConfigurationResult result = written.read(withEnvironmentOf(profile, yaml));

            assertThat(result).as(result.toString()).isInstanceOf(ConfigurationResult.Loaded.class);
            ConfigurationResult.Loaded loaded = (ConfigurationResult.Loaded) result;
            assertThat(loaded.warnings()).isEmpty();
            Service service = loaded.configuration().services().getFirst();
            assertThat(service.environment()).isEqualTo(loaded.configuration().environment());
            assertThat(profile.getFileName()).hasToString(service.name() + "-" + service.environment() + ".yaml");
            assertThat(service.milestones().oldOff()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void asDelivered_eachPlaceToFillInIsToldWithItsLine(Path profile) throws Exception {
        String yaml = withEnvironmentOf(profile, Files.readString(profile));
        List<String> lines = yaml.lines().toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            // A file is looked for when it is needed, and warned about until then.
            if (lines.get(i).matches("[^#]*<(HER-id|address|day)>.*")) {
                expected.add(String.valueOf(i + 1));
            }
        }

        List<String> told = written.mistakes(yaml).stream()
                .map(mistake -> mistake.substring(0, mistake.indexOf(':')))
                .toList();

        assertThat(expected).isNotEmpty();
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void everyService_hasOneForEachEnvironment() throws Exception {
        List<String> names =
                profiles().map(path -> path.getFileName().toString()).toList();
        List<String> expected = new ArrayList<>();
        for (String name : List.of("helsenorge-direct", "helsenorge-messages", "kjernejournal", "reseptformidleren")) {
            expected.add(name + "-production.yaml");
            expected.add(name + "-test.yaml");
        }

        assertThat(names).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void addresses_areNeverMadeUp(Path profile) throws Exception {
        assertThat(Files.readString(profile)).doesNotContainPattern("https?://");
    }
}
