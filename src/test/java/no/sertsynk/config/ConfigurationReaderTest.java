package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest extends WrittenConfiguration {
    @Test
    void defaults_applyWhereKeysAreAbsent() throws Exception {
        Configuration configuration = written.loaded("");

        assertThat(configuration.environment()).isEqualTo("production");
        assertThat(configuration.parties()).isEmpty();
        assertThat(configuration.trust()).isEmpty();
        assertThat(configuration.keystores()).isEmpty();
        assertThat(configuration.missingForSync()).containsExactly("parties", "trust", "keystores");
    }

    @Test
    void everyKey_isMapped() throws Exception {
        Configuration configuration =
                written.loaded("environment: test\nparties: []\ntrust: {anchors: []}\nkeystores: []\n");

        assertThat(configuration.environment()).isEqualTo("test");
        assertThat(configuration.state()).isEqualTo(folder.resolve("state"));
        assertThat(configuration.missingForSync()).isEmpty();
    }

    @Test
    void absoluteState_isKeptAndRelativeOneLiesBesideTheFile() throws Exception {
        assertThat(written.loaded("").state()).isAbsolute().isEqualTo(folder.resolve("state"));
        written.set("STATE", "/srv/x");
        ConfigurationResult result = written.read(Written.MINIMAL.replace("state: state", "state: ${STATE}/y"));
        assertThat(((ConfigurationResult.Loaded) result).configuration().state())
                .isEqualTo(Path.of("/srv/x/y"));
    }

    @Test
    void allMistakes_areToldAtOnceInTheOrderOfTheFile() throws Exception {
        assertThat(written.mistakes("""
            environment: tset
            register:
              source: sap
              soap: {user: demo, passwordFile: nothere}
              timeout: 10
            directories: [a]
            sate: x
            rollover: {maxChange: 150%}
            validation: {organization: yes, minimumRsaBits: many}
            """))
                .containsExactly(
                        "1:1: state: expected this key, found none",
                        "1:14: environment: expected one of test, production, found 'tset' (did you mean test?)",
                        "3:11: register.source: expected one of soap, cpapi, file, found 'sap' (did you mean soap?)",
                        "4:9: register.soap.username: expected this key, found none",
                        "4:10: register.soap.user: unknown key",
                        "4:36: register.soap.passwordFile: expected a readable file at '" + folder
                                + "/nothere', found none",
                        "5:12: register.timeout: expected a duration such as 10s, 2m, 24h or 30d, found '10'",
                        "6:14: directories: expected keys with values, found a list",
                        "7:1: sate: unknown key; did you mean 'state'?",
                        "8:23: rollover.maxChange: expected 0% to 100%, found '150%'",
                        "9:28: validation.organization: expected one of require, remember, report, found 'yes'",
                        "9:49: validation.minimumRsaBits: expected a number from 1024 to 16384, found 'many'");
    }

    @Test
    void keyTwice_isAMistakeAtTheSecond() throws Exception {
        assertThat(written.mistakesIn("state: other\nregister: {}\n"))
                .containsExactly("4:1: state: expected once, found twice", "5:1: register: expected once, found twice");
    }

    @Test
    void emptyValue_countsAsAbsent() throws Exception {
        assertThat(written.mistakes("register:\nstate:\n"))
                .containsExactly(
                        "1:1: register: expected this key, found none", "1:1: state: expected this key, found none");
    }

    @Test
    void scalarOrListAtTheTop_isAMistake() throws Exception {
        assertThat(written.mistakes("just text\n").getFirst())
                .isEqualTo("1:1: expected keys with values, found 'just text'");
        assertThat(written.mistakes("- a\n- b\n").getFirst()).isEqualTo("1:1: expected keys with values, found a list");
    }

    @Test
    void keyThatIsNoWord_isAMistake() throws Exception {
        assertThat(written.mistakesIn("? [a, b]\n: c\n"))
                .containsExactly("4:3: ?: expected a word as key, found a list");
    }

    @Test
    void valueWithATag_isAMistake() throws Exception {
        assertThat(written.mistakesIn("environment: !vault test\n"))
                .containsExactly("4:14: environment: expected a plain value, found one with the tag !vault");
    }

    @Test
    void wordsThatOlderYamlReadsAsTruthValues_stayWords() throws Exception {
        assertThat(written.mistakesIn("environment: no\n"))
                .containsExactly("4:14: environment: expected one of test, production, found 'no'");
    }
}
