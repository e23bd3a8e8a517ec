package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.config.Configuration.KeystoreSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a keystore that say how its file is written and kept. */
class KeystoreSectionTest {
    @TempDir
    Path folder;

    @Test
    void defaults_areModernAndFiveGenerations() throws Exception {
        KeystoreSection section = loaded("type: PKCS12, passwordFile: password");

        assertThat(section.profile()).isEqualTo("modern");
        assertThat(section.generations()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"PKCS12,legacy,0", "JKS,modern,7", "BCFKS,modern,1000"})
    void formatsWithAPassword_areRead(String type, String profile, int generations) throws Exception {
        KeystoreSection section = loaded("type: " + type + ", profile: " + profile + ", generations: " + generations
                + ", passwordFile: password");

        assertThat(section.type()).isEqualTo(type);
        assertThat(section.profile()).isEqualTo(profile);
        assertThat(section.generations()).isEqualTo(generations);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEM", "PEM_DIRECTORY"})
    void formatsWithoutAPassword_needNone(String type) throws Exception {
        assertThat(loaded("type: " + type).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "BCFKS"})
    void missingPassword_isAMistake(String type) throws Exception {
        assertThat(mistakes("dit", "type: " + type)).contains("passwordFile: expected a password for " + type);
    }

    @ParameterizedTest
    @CsvSource({
        "'type: ZIP', type",
        "'type: PEM, profile: ancient', profile",
        "'type: PEM, generations: -1', generations",
        "'type: PEM, generations: 1001', generations"
    })
    void valuesOutOfRange_areMistakes(String keys, String key) throws Exception {
        assertThat(mistakes("dit", keys)).contains("keystores[0]." + key);
    }

    /** The folder of its generations has its name. */
    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "a/b", ".hidden"})
    void nameThatIsNoFolder_isAMistake(String name) throws Exception {
        assertThat(mistakes(name, "type: PEM")).contains("keystores[0].name: expected at most 64 letters");
    }

    private KeystoreSection loaded(String keys) throws IOException {
        ConfigurationResult result = read("dit", keys);
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result)
                .configuration()
                .keystores()
                .orElseThrow()
                .getFirst();
    }

    private String mistakes(String name, String keys) throws IOException {
        ConfigurationResult result = read(name, keys);
        assertThat(result).isInstanceOf(ConfigurationResult.Refused.class);
        return result.toString();
    }

    private ConfigurationResult read(String name, String keys) throws IOException {
        Files.writeString(folder.resolve("password"), "p4ssword");
        Path file = folder.resolve("sertsynk.yaml");
        Files.writeString(file, """
            environment: test
            register:
              source: soap
              soap: {url: "http://127.0.0.1:1/", username: u, passwordFile: password}
            keystores:
              - {name: "%s", path: keystore, %s}
            state: state
            """.formatted(name, keys));
        return ConfigurationReader.read(file, variable -> Optional.empty(), expression -> Optional.empty());
    }
}
