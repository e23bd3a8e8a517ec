package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoresReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private Written written;

    @BeforeEach
    void write() throws Exception {
        written = new Written(folder);
    }

    @Test
    void defaults_arePkcs12WithBothUsualPurposesForAll() throws Exception {
        assertThat(written.loaded("keystores:\n  - {name: dit, path: dit.p12, passwordFile: password}\n")
                        .keystores()
                        .orElseThrow())
                .containsExactly(new KeystoreSection(
                        "dit",
                        folder.resolve("dit.p12"),
                        "PKCS12",
                        Optional.of(new Secret("hemmelig".toCharArray())),
                        Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE),
                        Optional.empty(),
                        "her-{herId}-{purpose}",
                        "modern",
                        5));
        assertThat(written.loaded("keystores: []\n").keystores().orElseThrow()).isEmpty();
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("""
            parties: [{herId: 1}, {herId: 2}]
            keystores:
              - name: bundle
                path: /srv/bundle.pem
                type: PEM
                profile: legacy
                purposes: [authentication]
                parties: [2]
                alias: "x{purpose}_{herId}"
                generations: 0
                onChange: [["systemctl", "reload", "epj.service"], [/bin/true]]
            """).keystores().orElseThrow())
                .containsExactly(new KeystoreSection(
                        "bundle",
                        Path.of("/srv/bundle.pem"),
                        "PEM",
                        Optional.empty(),
                        Set.of(Purpose.AUTHENTICATION),
                        Optional.of(Set.of(new HerId(2))),
                        "x{purpose}_{herId}",
                        "legacy",
                        0));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("""
            parties: [{herId: 1}]
            keystores:
              - {path: a.p12}
              - name: ../../etc
                path: ""
                type: pkcs12
                password: hunter2
                purposes: [encription, signature]
                parties: [7, x]
                alias: "HER-{herId}-{purpose}"
                generations: -1
                onChange: ["systemctl reload epj.service", [], [a, [b]]]
              - {name: c, path: c.pem, type: PEM, alias: fast, profile: old}
            """))
                .containsExactly(
                        "6:5: keystores[0].name: expected this key, found none",
                        "6:5: keystores[0].passwordFile: expected a password for PKCS12, found none",
                        "7:11: keystores[1].name: expected at most 64 letters, digits, '.', '_' and '-', beginning with"
                                + " a letter or digit, found '../../etc'",
                        "8:11: keystores[1].path: expected a path, found ''",
                        "9:11: keystores[1].type: expected one of PKCS12, JKS, BCFKS, PEM, PEM_DIRECTORY, found"
                                + " 'pkcs12' (did you mean PKCS12?)",
                        "10:15: keystores[1].password: a secret is not written here; put it in a file and name it with"
                                + " passwordFile, or use ${NAME} of the environment",
                        "11:16: keystores[1].purposes: expected encryption, signature or authentication, found"
                                + " 'encription'",
                        "12:15: keystores[1].parties: expected HER-ids that stand under parties, found '7'",
                        "12:18: keystores[1].parties: expected HER-ids that stand under parties, found 'x'",
                        "13:12: keystores[1].alias: expected lower-case letters, digits, '.', '_' and '-' beside"
                                + " {herId} and {purpose}, found 'HER-{herId}-{purpose}'",
                        "14:18: keystores[1].generations: expected a number from 0 to 1000, found '-1'",
                        "15:16: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found 'systemctl reload epj.service'",
                        "15:48: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found a list",
                        "15:52: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found a list",
                        "16:46: keystores[2].alias: expected {herId} and {purpose}, so that no two entries share a"
                                + " name, found 'fast'",
                        "16:61: keystores[2].profile: expected one of modern, legacy, found 'old'");
    }

    @Test
    void oneFileTwice_isAMistakeByWhateverName() throws Exception {
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(written.mistakesIn("""
            keystores:
              - {name: a, path: real/a.pem, type: PEM}
              - {name: a, path: real/../link/./a.pem, type: PEM}
            """))
                .containsExactly(
                        "6:12: keystores[1].name: expected each name once, found a again",
                        "6:21: keystores[1].path: expected a file of its own, found one that another keystore has: "
                                + folder.resolve("link/a.pem"));
    }
}
