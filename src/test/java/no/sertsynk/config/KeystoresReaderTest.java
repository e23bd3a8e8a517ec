package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.Test;

class KeystoresReaderTest extends WrittenConfiguration {
    @Test
    void defaults_arePkcs12WithBothUsualPurposesForAll() throws Exception {
        assertThat(written.loaded("keystores:\n  - {name: dit, path: dit.p12, passwordFile: password}\n")
                        .keystores()
                        .orElseThrow())
                .containsExactly(new KeystoreSection(
                        "dit",
                        folder.resolve("dit.p12"),
                        "PKCS12",
                        "modern",
                        Optional.of(new Secret("hemmelig".toCharArray())),
                        Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE),
                        Optional.empty(),
                        AliasTemplate.of("her-{herId}-{purpose}", Optional.empty()),
                        5,
                        List.of()));
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
                parallelAlias: "{sha256}.{purpose}_{herId}"
                generations: 0
                onChange:
                  - ["systemctl", "reload", "epj.service"]
                  - {command: [/bin/true], timeout: 5s}
                  - {url: "https://hook.example/x", tokenFile: password}
            """).keystores().orElseThrow())
                .containsExactly(new KeystoreSection(
                        "bundle",
                        Path.of("/srv/bundle.pem"),
                        "PEM",
                        "legacy",
                        Optional.empty(),
                        Set.of(Purpose.AUTHENTICATION),
                        Optional.of(Set.of(new HerId(2))),
                        AliasTemplate.of("x{purpose}_{herId}", Optional.of("{sha256}.{purpose}_{herId}")),
                        0,
                        List.of(
                                new HookSection.Command(
                                        List.of("systemctl", "reload", "epj.service"), Duration.ofSeconds(60)),
                                new HookSection.Command(List.of("/bin/true"), Duration.ofSeconds(5)),
                                new HookSection.Webhook(
                                        URI.create("https://hook.example/x"),
                                        Optional.of(new Secret("hemmelig".toCharArray())),
                                        Duration.ofSeconds(60)))));
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
                                + " the placeholders, found 'HER-{herId}-{purpose}'",
                        "14:18: keystores[1].generations: expected a number from 0 to 1000, found '-1'",
                        "15:16: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found 'systemctl reload epj.service'",
                        "15:48: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found a list",
                        "15:52: keystores[1].onChange: expected a list of arguments such as [systemctl, reload,"
                                + " epj.service], found a list",
                        "16:46: keystores[2].alias: expected {purpose}, so that the entries of two purposes do not"
                                + " share a name, found 'fast'",
                        "16:61: keystores[2].profile: expected one of modern, legacy, found 'old'");
    }

    @Test
    void templatesThatGiveOneNameTwice_areMistakes() throws Exception {
        assertThat(written.mistakesIn("""
            parties: [{herId: 1}, {herId: 2}]
            keystores:
              - {name: a, path: a.pem, type: PEM, alias: "nav-{purpose}"}
              - {name: b, path: b.pem, type: PEM, alias: "nav-{purpose}", parties: [1]}
              - {name: c, path: c.pem, type: PEM, alias: "nav", parties: [1], purposes: [signature]}
              - {name: d, path: d.pem, type: PEM, parallelAlias: "old-{herId}-{purpose}"}
              - {name: e, path: e.pem, type: PEM, parallelAlias: "old-{herId}-{serial}"}
              - {name: f, path: f.pem, type: PEM, alias: "x{purpose}{herId}"}
              - {name: g, path: g.pem, type: PEM, alias: "{herId}-{purpose}-{serial}"}
              - {name: h, path: h.pem, type: PEM, alias: "x{herId}-{purpose}", parallelAlias: "x{herId}-{purpose}{serial}"}
            """))
                .containsExactly(
                        "6:46: keystores[0].alias: expected {herId}, so that the entries of two parties do not share a"
                                + " name, found 'nav-{purpose}'",
                        "9:54: keystores[3].parallelAlias: expected {serial} or {sha256}, so that two certificates do"
                                + " not share a name, found 'old-{herId}-{purpose}'",
                        "10:54: keystores[4].parallelAlias: expected {purpose} as in the alias of the current one,"
                                + " found 'old-{herId}-{serial}'",
                        "11:46: keystores[5].alias: expected something like '-' between two placeholders, so that their"
                                + " values cannot run together, found 'x{purpose}{herId}'",
                        "12:46: keystores[6].alias: expected the placeholders {herId}, {purpose}, found {serial}",
                        "13:83: keystores[7].parallelAlias: expected something like '-' between two placeholders, so"
                                + " that their values cannot run together, found 'x{herId}-{purpose}{serial}'");
    }

    @Test
    void hooksThatNobodyCouldTell_areMistakes() throws Exception {
        assertThat(written.mistakesIn("""
            keystores:
              - name: a
                path: a.pem
                type: PEM
                onChange:
                  - {url: "http://hook.example/x"}
                  - {url: "https://hook.example/x", command: [a]}
                  - {timeout: 5s}
                  - {command: [a], timeout: 0s}
                  - {url: "https://hook.example/x", token: hunter2}
                  - {command: [a], tokenFile: password}
            """))
                .containsExactly(
                        "9:15: keystores[0].onChange[0].url: expected https, since a secret is sent there, found"
                                + " 'http://hook.example/x'",
                        "10:15: keystores[0].onChange[1].url: expected either url or command, found both",
                        "11:9: keystores[0].onChange[2].url: expected either url or command, found none",
                        "12:33: keystores[0].onChange[3].timeout: expected a time limit from 1ms to 10m, found '0s'",
                        "13:48: keystores[0].onChange[4].token: a secret is not written here; put it in a file and"
                                + " name it with tokenFile, or use ${NAME} of the environment",
                        "14:9: keystores[0].onChange[5].token: expected a token for a url alone, found one for a"
                                + " command");
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
