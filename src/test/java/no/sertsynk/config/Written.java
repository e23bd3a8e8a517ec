package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration file in a folder of its own, beside a file {@code password} that nobody else may read. */
final class Written {
    /** What every configuration needs. */
    static final String MINIMAL = """
        register:
          soap: {username: demo, passwordFile: password}
        state: state
        """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Written(Path folder) throws IOException {
        this.folder = folder;
        file("password", "hemmelig\n");
    }

    Path folder() {
        return folder;
    }

    Written set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Written file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return this;
    }

    ConfigurationResult read(byte[] yaml) throws IOException {
        Path file = folder.resolve("sertsynk.yaml");
        Files.write(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return ConfigurationReader.read(
                file, name -> Optional.ofNullable(environment.get(name)), expression -> Optional.empty());
    }

    ConfigurationResult read(String yaml) throws IOException {
        return read(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The configuration of what every configuration needs, and this. */
    Configuration loaded(String more) throws IOException {
        ConfigurationResult result = read(MINIMAL + more);
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result).configuration();
    }

    /** The warnings about what every configuration needs, and this; without the file's name. */
    List<String> warnings(String more) throws IOException {
        ConfigurationResult result = read(MINIMAL + more);
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return lines(((ConfigurationResult.Loaded) result).warnings());
    }

    /** The mistakes of the whole text, as {@code line:column: message}. */
    List<String> mistakes(String yaml) throws IOException {
        return mistakes(read(yaml));
    }

    static List<String> mistakes(ConfigurationResult result) {
        assertThat(result).isInstanceOf(ConfigurationResult.Refused.class);
        return lines(((ConfigurationResult.Refused) result).mistakes());
    }

    private static List<String> lines(List<Mistake> mistakes) {
        return mistakes.stream()
                .map(Mistake::toString)
                .map(line -> line.replaceFirst("^sertsynk\\.yaml: ?", "").replaceFirst("^sertsynk\\.yaml:", ""))
                .toList();
    }

    /** The mistakes of what every configuration needs, which ends in line 3, and this. */
    List<String> mistakesIn(String more) throws IOException {
        return mistakes(MINIMAL + more);
    }
}
