package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that is delivered. */
class ExampleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Configuration loaded(String yaml) throws Exception {
        Written written = new Written(folder)
                .file("register.password", "a\n")
                .file("keystore.password", "b\n")
                .file("hook.token", "c\n")
                .file("ca.pem", "")
                .file("old.pem", "")
                .file("new.pem", "");
        ConfigurationResult result = written.read(yaml);
        assertThat(result).as(result.toString()).isInstanceOf(ConfigurationResult.Loaded.class);
        assertThat(((ConfigurationResult.Loaded) result).warnings()).isEmpty();
        return ((ConfigurationResult.Loaded) result).configuration();
    }

    @Test
    void asDelivered_itIsAConfigurationForSync() throws Exception {
        Configuration configuration = loaded(Files.readString(Path.of("config/sertsynk.yaml")));

        assertThat(configuration.missingForSync()).isEmpty();
    }

    @Test
    void withAllOptionsSet_itIsAConfigurationToo() throws Exception {
        String example = Files.readString(Path.of("config/sertsynk.yaml"));
        Configuration configuration = loaded(withOptionsSet(example));

        assertThat(configuration.directories().allow()).isPresent();
        assertThat(configuration.network().proxy()).isPresent();
        assertThat(configuration.parties().orElseThrow().getFirst().organizationNumber())
                .isPresent();
    }

    /** The example with every option set that stands in a comment. */
    static String withOptionsSet(String example) {
        return example.replaceAll("(?m)^( *)#(?=[a-z]|  (  ){0,2}[a-z-])", "$1");
    }
}
