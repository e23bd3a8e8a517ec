package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command from outside: a sound host, and one thing wrong at a time. */
@Timeout(120)
class DoctorTest {
    private static final String RUNNING = "LoadState=loaded\nUnitFileState=enabled\nActiveState=active\nResult=success";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path programs;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        program.sandbox.configure(program.sandbox.populate(1));
        script("systemctl", "echo '" + RUNNING + "'");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void script(String name, String text) throws Exception {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        mode(file, "rwxr-xr-x");
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private int doctor(String... arguments) {
        String[] all =
                Stream.concat(Stream.of("doctor"), Arrays.stream(arguments)).toArray(String[]::new);
        return program.runWith(
                Clock.systemUTC(),
                name -> name.equals("PATH") ? Optional.of(programs + ":/usr/bin:/bin") : Optional.empty(),
                all);
    }

    /** Expects that line of that status, with a remedy below it. */
    private void expect(String status, String topic, String message, String remedy) {
        List<String> lines = program.results().lines().toList();
        assertThat(lines)
                .as(program.out())
                .anyMatch(line -> line.matches(status + " +" + topic + " .*") && line.contains(message));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(status) && lines.get(i).contains(message)) {
                assertThat(lines.get(i + 1).strip()).startsWith("-> ").contains(remedy);
            }
        }
    }

    private void expectError(String topic, String message, String remedy) {
        assertThat(doctor()).as(program.out()).isEqualTo(1);
        expect("error", topic, message, remedy);
    }

    private void expectWarning(String topic, String message, String remedy) {
        assertThat(doctor()).as(program.out()).isZero();
        expect("warning", topic, message, remedy);
    }

    @Test
    void soundHost_isOkInEveryLine() throws Exception {
        program.reconfigure(
                "passwordFile: password}\n  - {name: bundle",
                "passwordFile: password, onChange: [[\"true\"]]}\n  - {name: bundle");
        try (DaemonProcess daemon = DaemonProcess.start(folder.resolve("sertsynk.yaml"))) {
            assertThat(daemon.port()).isPositive();
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();

            int code = doctor("--client-user", System.getProperty("user.name"));

            assertThat(code).as(program.out()).isZero();
            List<String> lines = program.results().lines().toList();
            assertThat(lines.subList(0, lines.size() - 1)).as(program.out()).allMatch(line -> line.startsWith("ok "));
            for (String topic : List.of(
                    "configuration",
                    "rights",
                    "keystores",
                    "java",
                    "unit",
                    "trust",
                    "hooks",
                    "daemon",
                    "sync",
                    "state",
                    "names",
                    "register",
                    "clock",
                    "directories",
                    "revocation")) {
                assertThat(lines).as(topic).anyMatch(line -> line.matches("ok +" + topic + " .*"));
            }
        }
    }

    @Test
    void json_tellsEveryCheckAndTheSum() throws Exception {
        mode(folder.resolve("password"), "rw-r--r--");

        assertThat(doctor("--json")).isEqualTo(1);

        assertThat(program.results())
                .startsWith("{\"checks\":[{\"check\":\"configuration\",\"status\":\"warning\",\"message\":\"")
                .contains("{\"check\":\"rights\",\"status\":\"error\",\"message\":\"everybody on this host may read")
                .contains("\"remedy\":\"chmod o-rwx ")
                .contains("{\"check\":\"unit\",\"status\":\"ok\",\"message\":\"")
                .containsPattern("\"summary\":\\{\"ok\":[0-9]+,\"warning\":[0-9]+,\"error\":[0-9]+}}\n$");
    }

    @Test
    void missingConfiguration_leavesTheChecksOfTheHost() throws Exception {
        Files.delete(folder.resolve("sertsynk.yaml"));

        expectError("configuration", "found none", "copy config/sertsynk.yaml");
        assertThat(program.results()).containsPattern("ok +java ").containsPattern("ok +unit ");
    }

    @Test
    void brokenConfiguration_tellsAllMistakes_andTheRestIsLookedAt() throws Exception {
        program.reconfigure("environment: test", "enviroment: test");
        program.reconfigure("type: PEM}", "type: PAM}");
        program.reconfigure("state: state\n", "");

        expectError("configuration", "sertsynk.yaml:1:1: enviroment: unknown key", "sertsynk config check");
        expect("error", "configuration", "expected one of PKCS12", "sertsynk config check");
        expect("error", "configuration", "state: expected this key", "sertsynk config check");
        assertThat(program.results()).containsPattern("ok +trust ").containsPattern("ok +java ");
    }

    @Test
    void configurationThatIsNoYaml_isToldWithItsPlace() throws Exception {
        Files.writeString(folder.resolve("sertsynk.yaml"), "register: [\n");

        expectError("configuration", "sertsynk.yaml:2:1: expected YAML", "correct this place");
    }

    @Test
    void incompleteConfiguration_isAnError() throws Exception {
        program.reconfigure("trust:\n  anchors: [trust]\n  intermediates: [issuer.pem]\n", "");

        expectError("configuration", "lacks trust", "add it");
    }

    @Test
    void secretForEverybody_isAnError_andForAGroupToChangeAWarning() throws Exception {
        mode(folder.resolve("password"), "rw----r--");
        expectError("rights", "everybody on this host may read or change the secret", "chmod o-rwx");

        mode(folder.resolve("password"), "rw-rw----");
        expectWarning("rights", "a whole group may change the secret", "chmod g-w");
    }

    @Test
    void trustFolder_mayBeWrittenByItsOwnerAlone() throws Exception {
        mode(folder.resolve("trust"), "rwxrwxr-x");

        expectError("trust", "others could decide whom to trust", "do what is said there");
    }

    @Test
    void emptyTrustFolder_isAnError() throws Exception {
        Files.delete(folder.resolve("trust/root.pem"));

        expectError("trust", "no certificate authority is trusted yet", "sertsynk trust fetch");
    }

    @Test
    void authoritiesThatAreNotInForce_areAnError() {
        Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofDays(40 * 365));

        assertThat(program.runAt(later, "doctor")).isEqualTo(1);

        expect("error", "trust", "none of the 1 trusted certificate authorities is in force", "clock");
    }

    @Test
    void keystoreThatIsNotThereYet_isAWarning_andItsMissingFolderAnError() throws Exception {
        expectWarning("keystores", "dit.p12 is not there yet", "sertsynk sync");

        program.reconfigure("path: dit.p12", "path: nowhere/dit.p12");
        expectError("rights", "nowhere for a keystore is not there", "install -d");
    }

    @Test
    void damagedKeystore_andWrongPassword_areErrors() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        Files.writeString(folder.resolve("other"), "wrong\n");
        mode(folder.resolve("other"), "rw-------");
        program.reconfigure("type: PKCS12, passwordFile: password", "type: PKCS12, passwordFile: other");
        expectError("keystores", "keystore dit", "rollback");

        program.reconfigure("passwordFile: other", "passwordFile: password");
        Files.write(folder.resolve("dit.p12"), new byte[] {0x30, 0x03, 1, 2, 3});
        expectError("keystores", "keystore dit", "rollback");
    }

    @Test
    void keystoreWithoutItsPassword_isNotLookedInto() throws Exception {
        program.reconfigure("type: PKCS12, passwordFile: password", "type: PKCS12, passwordFile: missing");

        expectError("configuration", "missing", "sertsynk config check");
        expect("warning", "keystores", "keystore dit: not looked into", "configuration");
    }

    @Test
    void clientThatMayNotRead_isNamed() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        mode(folder, "rwxr-xr-x");

        assertThat(doctor("--client-user", "nobody")).isEqualTo(1);
        expect("error", "keystores", "the client's user nobody may not read", "chmod g+r");

        mode(folder, "rwx------");
        assertThat(doctor("--client-user", "nobody")).isEqualTo(1);
        expect("error", "keystores", "nobody may not enter the folder", "setfacl -m u:nobody:x");

        mode(folder, "rwxr-xr-x");
        for (String keystore : List.of("dit.p12", "dit.pem")) {
            mode(folder.resolve(keystore), "rw-r--r--");
        }
        assertThat(doctor("--client-user", "nobody")).as(program.out()).isZero();
        assertThat(program.results()).contains("keystore dit: can be read by the client's user nobody");
    }

    @Test
    void keystoreForItsOwnerAlone_isAWarning() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        mode(folder.resolve("dit.p12"), "rw-------");

        expectWarning("keystores", "and root alone can read it", "--client-user");
    }

    @Test
    void unknownClient_isAMisuse() {
        assertThat(doctor("--client-user", "no-such-user")).isEqualTo(2);
        assertThat(program.out()).contains("--client-user: expected a user of this host");
    }

    @Test
    void unitThatIsNotInstalled_isAnError() throws Exception {
        script("systemctl", "echo LoadState=not-found");

        expectError("unit", "sertsynk.service is not installed", "systemctl enable --now");
    }

    /** Root looks on behalf of the user that the service runs as. */
    @Test
    void serviceThatMayNotReadOrWrite_isNamedByRoot() throws Exception {
        assumeTrue(ProgramProcess.isRoot(), "skipped: only root can give files away");
        assertThat(program.run("sync")).as(program.out()).isZero();
        mode(folder, "rwxr-xr-x");
        Files.setAttribute(folder.resolve("state"), "unix:uid", 65_534);
        Files.setAttribute(folder.resolve("state"), "unix:gid", 65_534);

        expectError("rights", "password cannot be read by nobody", "chown nobody");
        expect("error", "rights", "state.db in the state folder cannot be written by nobody", "chown -R nobody");
        expect("error", "rights", "of a keystore cannot be written by nobody", "chown nobody");
    }
}
