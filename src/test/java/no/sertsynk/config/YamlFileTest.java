package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YamlFileTest extends WrittenConfiguration {
    private static String only(ConfigurationResult result) {
        var mistakes = Written.mistakes(result);
        assertThat(mistakes).hasSize(1);
        return mistakes.getFirst();
    }

    @Test
    void missingFile_isToldWithTheOptionThatNamesIt() {
        ConfigurationResult result = ConfigurationReader.read(
                folder.resolve("none.yaml"), name -> Optional.empty(), expression -> Optional.empty());

        assertThat(only(result)).contains("found none; name it with --config");
    }

    @Test
    void folderInsteadOfFile_isTold() {
        assertThat(only(ConfigurationReader.read(folder, name -> Optional.empty(), expression -> Optional.empty())))
                .contains("found something else than a file");
    }

    @Test
    void emptyFile_isTold() throws Exception {
        assertThat(only(written.read(""))).contains("found an empty file");
        assertThat(only(written.read("# only a comment\n"))).contains("found an empty file");
    }

    @Test
    void tabForIndentation_isToldWithItsPlace() throws Exception {
        assertThat(only(written.read("register:\n\tsoap: {}\n")))
                .startsWith("2:1: expected YAML: ")
                .contains("TAB");
    }

    @Test
    void brokenYaml_isToldWithItsPlace() throws Exception {
        assertThat(only(written.read("register: {soap: [a\nstate: x\n"))).matches("[23]:[0-9]+: expected YAML: .*");
        assertThat(only(written.read("a: b: c\n"))).startsWith("1:5: expected YAML: ");
    }

    @Test
    void severalDocuments_areRefused() throws Exception {
        assertThat(only(written.read(Written.MINIMAL + "---\nstate: b\n"))).contains("expected YAML: ");
    }

    @Test
    void otherEncoding_isToldWithItsPlace() throws Exception {
        byte[] latin1 = "# første\nstate: x\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(only(written.read(latin1))).isEqualTo("1:4: expected UTF-8, found the byte f8");
        assertThat(only(written.read("state: x\n".getBytes(StandardCharsets.UTF_16))))
                .isEqualTo("1:1: expected UTF-8, found the byte fe");
    }

    @Test
    void byteOrderMark_isPassedOver() throws Exception {
        assertThat(written.read("\uFEFF" + Written.MINIMAL)).isInstanceOf(ConfigurationResult.Loaded.class);
    }

    @Test
    void windowsLineEnds_areLineEnds() throws Exception {
        assertThat(written.read(Written.MINIMAL.replace("\n", "\r\n"))).isInstanceOf(ConfigurationResult.Loaded.class);
    }

    @Test
    void controlCharacters_areRefused() throws Exception {
        assertThat(only(written.read("state: \u0000x\n"))).contains("expected YAML: ");
        assertThat(only(written.read("state: \u001b[31m\n"))).contains("expected YAML: ");
    }

    @Test
    void hugeFile_isRefusedUnread() throws Exception {
        assertThat(only(written.read("# ".concat("x".repeat(1024 * 1024)))))
                .isEqualTo("expected at most 1048576 bytes, found 1048578");
    }

    @Test
    void aliasesThatMultiply_areRefused() throws Exception {
        StringBuilder yaml = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            String before = "*" + (char) (c - 1);
            yaml.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(before)
                    .append(", ")
                    .append(before);
            yaml.append("]\n");
        }

        assertThat(only(written.read(yaml.toString()))).contains("aliases");
    }

    @Test
    void recursion_isRefused() throws Exception {
        assertThat(only(written.read("a: &a [*a]\n"))).contains("expected YAML: ");
    }

    @Test
    void nestingWithoutEnd_isRefused() throws Exception {
        assertThat(only(written.read("a: " + "[".repeat(200_000)))).contains("expected YAML");
        assertThat(Written.mistakes(written.read("{a: ".repeat(50_000)))).hasSize(1);
    }
}
