package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final String REST = """
        register:
          source: soap
          soap: {username: u, passwordFile: p}
        state: state
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ConfigurationResult read(String log) throws Exception {
        return new Written(folder).file("p", "secret\n").read(REST + log);
    }

    private Configuration.Log log(String yaml) throws Exception {
        ConfigurationResult result = read(yaml);
        assertThat(result).as(result.toString()).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result).configuration().log();
    }

    @Test
    void defaults() throws Exception {
        assertThat(log("")).isEqualTo(new Configuration.Log("auto", Optional.empty()));
    }

    @Test
    void everyKey() throws Exception {
        assertThat(log("log: {format: json, level: debug}\n"))
                .isEqualTo(new Configuration.Log("json", Optional.of("debug")));
    }

    @Test
    void anythingElse_isAMistake() throws Exception {
        assertThat(read("log: {format: xml, level: loud, file: x}\n").toString())
                .contains("log.format", "'xml'", "log.level", "'loud'", "log.file: unknown key");
    }
}
