package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.Test;

class SecretsTest extends WrittenConfiguration {
    private static String yaml(String secret) {
        return "register: {soap: {username: demo, " + secret + "}}\nstate: state\n";
    }

    private Secret secret(String yaml) throws Exception {
        ConfigurationResult result = written.read(yaml(yaml));
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result)
                .configuration()
                .register()
                .password()
                .orElseThrow();
    }

    private String mistake(String yaml) throws Exception {
        List<String> mistakes = written.mistakes(yaml(yaml));
        assertThat(mistakes).hasSize(1);
        return mistakes.getFirst();
    }

    private static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    @Test
    void file_givesItsTextWithoutOneLineEnd() throws Exception {
        assertThat(secret("passwordFile: password")).isEqualTo(of("hemmelig"));
        written.file("password", "to linjer\r\n");
        assertThat(secret("passwordFile: password")).isEqualTo(of("to linjer"));
        written.file("password", " blå bær \n\n");
        assertThat(secret("passwordFile: password")).isEqualTo(of(" blå bær \n"));
    }

    @Test
    void variable_givesItsValueAsItIs() throws Exception {
        written.set("AR_PASSWORD", "a b$c\\");

        assertThat(secret("password: \"${AR_PASSWORD}\"")).isEqualTo(of("a b$c\\"));
    }

    @Test
    void credentialOfSystemd_isAFileInItsFolder() throws Exception {
        Files.createDirectory(folder.resolve("credentials"));
        written.file("credentials/ar", "fra systemd").set("CREDENTIALS_DIRECTORY", folder + "/credentials");

        assertThat(secret("passwordFile: \"${CREDENTIALS_DIRECTORY}/ar\"")).isEqualTo(of("fra systemd"));
    }

    @Test
    void credentialWithoutSystemd_isToldWithWhatSetsIt() throws Exception {
        assertThat(mistake("passwordFile: \"${CREDENTIALS_DIRECTORY}/ar\""))
                .contains("CREDENTIALS_DIRECTORY to be set")
                .contains("LoadCredential=");
    }

    @Test
    void secretInTheFileItself_isRefusedAndNotRepeated() throws Exception {
        assertThat(mistake("password: hunter2"))
                .startsWith("1:45: register.soap.password: a secret is not written here; put it in a file")
                .doesNotContain("hunter2");
        assertThat(mistake("password: \"x${HOME}\"")).contains("not written here");
    }

    @Test
    void bothWays_areRefused() throws Exception {
        written.set("A", "b");
        assertThat(mistake("password: \"${A}\", passwordFile: password")).contains("found both");
    }

    @Test
    void unsetOrEmptyVariable_isTold() throws Exception {
        assertThat(mistake("password: \"${NOT_SET}\"")).contains("the environment variable NOT_SET to be set");
        written.set("EMPTY", "");
        assertThat(mistake("password: \"${EMPTY}\"")).contains("the environment variable EMPTY to be set");
    }

    @Test
    void unusableFile_isTold() throws Exception {
        assertThat(mistake("passwordFile: nothere"))
                .contains("expected a readable file")
                .contains("found none");
        assertThat(mistake("passwordFile: .")).contains("expected a readable file");
        written.file("password", "\n");
        assertThat(mistake("passwordFile: password"))
                .contains("expected a secret in the file")
                .contains("empty");
        written.file("password", "x".repeat(5000));
        assertThat(mistake("passwordFile: password")).contains("of 5000 bytes");
        Files.write(folder.resolve("password"), new byte[] {(byte) 0xE6, 'a'});
        assertThat(mistake("passwordFile: password")).contains("no text in UTF-8");
    }

    @Test
    void noSecret_isTold() throws Exception {
        assertThat(written.mistakes("register: {soap: {username: demo}}\nstate: state\n"))
                .containsExactly("1:18: register.soap.passwordFile: expected this key, found none");
    }

    @Test
    void fileThatEverybodyMayRead_isWarnedOf() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(written.warnings(""))
                .containsExactly("2:40: register.soap.passwordFile: everybody on this host may read '" + folder
                        + "/password'; take that away with chmod o-rwx");
    }

    @Test
    void configurationThatEverybodyMayWrite_isWarnedOf() throws Exception {
        assertThat(written.warnings("")).isEmpty();
        Path file = folder.resolve("sertsynk.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

        ConfigurationResult result =
                ConfigurationReader.read(file, name -> Optional.empty(), expression -> Optional.empty());

        assertThat(((ConfigurationResult.Loaded) result).warnings())
                .singleElement()
                .asString()
                .contains("everybody on this host may change this file");
    }

    @Test
    void secret_showsItselfNowhere() throws Exception {
        assertThat(written.loaded("").toString()).doesNotContain("hemmelig");
    }
}
