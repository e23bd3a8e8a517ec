package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bundle for whoever is asked for help tells much, and no secret. */
@Timeout(120)
class SupportBundleTest {
    private static final List<String> SECRETS = List.of(
            "sandkasse",
            "Keystore-Passw0rd",
            "hook-token-8c1f",
            "hidden-path-77ab",
            "argument-secret-1",
            "comment-secret-2",
            "misspelt-secret-3",
            "plain-secret-4",
            "bearer-of-the-log-5",
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path programs;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    private Path bundle() {
        return programs.resolve("bundle.zip");
    }

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        program.sandbox.configure(program.sandbox.populate(1));
        secret("keystore.password", "Keystore-Passw0rd");
        secret("hook.token", "hook-token-8c1f");
        secret("tls.key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----");
        program.reconfigure(
                "dit.p12, type: PKCS12, passwordFile: password}",
                "dit.p12, type: PKCS12, passwordFile: keystore.password, onChange: [[\"true\", \"argument-secret-1\"],"
                    + " {url: \"https://u:plain-secret-4@127.0.0.1/hidden-path-77ab?x=1\", tokenFile: hook.token}]}");
        script(
                "journalctl",
                "echo 'one line'; echo 'Authorization: Bearer bearer-of-the-log-5'; echo 'password=Keystore-Passw0rd';"
                        + " cat '" + folder.resolve("tls.key") + "'");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void secret(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text + "\n");
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private void script(String name, String text) throws Exception {
        Files.writeString(programs.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(programs.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int doctor() {
        return program.runWith(
                Clock.systemUTC(),
                name -> name.equals("PATH") ? Optional.of(programs + ":/usr/bin:/bin") : Optional.empty(),
                "doctor",
                "--bundle",
                bundle().toString());
    }

    private Map<String, String> entries() throws Exception {
        Map<String, String> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(bundle());
                ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private static void expectNoSecret(Map<String, String> entries) {
        entries.forEach((name, text) ->
                SECRETS.forEach(secret -> assertThat(text).as(name).doesNotContain(secret)));
        entries.forEach((name, text) -> assertThat(text).as(name).doesNotContain("PRIVATE KEY"));
    }

    @Test
    void bundleOfARunningHost_tellsMuch_andNoSecret() throws Exception {
        // A user in the address is a mistake, and leaves the rest unread.
        program.reconfigure("u:plain-secret-4@", "");
        program.reconfigure(", tokenFile: hook.token}]", ", tokenFile: hook.token, timeout: 1s}]");
        program.run("sync");
        Files.writeString(folder.resolve("state/admin.token"), "bearer-of-the-log-5\n");

        int code = doctor();

        assertThat(code).as(program.out()).isLessThan(2);
        assertThat(program.out()).contains("written: " + bundle());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle())))
                .isEqualTo("rw-------");
        Map<String, String> entries = entries();
        assertThat(entries.keySet())
                .containsExactlyInAnyOrder(
                        "doctor.json",
                        "doctor.txt",
                        "status.json",
                        "history.json",
                        "configuration.yaml",
                        "versions.txt",
                        "permissions.txt",
                        "log.txt");
        assertThat(entries.get("doctor.json")).startsWith("{\"checks\":[");
        assertThat(entries.get("status.json")).contains("\"herId\":100001");
        assertThat(entries.get("history.json")).contains("\"action\":\"add\"");
        assertThat(entries.get("configuration.yaml"))
                .contains("username: demo")
                .contains("passwordFile: keystore.password")
                .contains("https://127.0.0.1/(masked)");
        assertThat(entries.get("versions.txt")).contains("sertsynk ").contains("java.version 2");
        assertThat(entries.get("permissions.txt"))
                .containsPattern("rw------- [0-9]+ .* \\Q" + folder.resolve("keystore.password") + "\\E")
                .contains("state.db");
        assertThat(entries.get("log.txt")).contains("one line").contains("Bearer (masked)");
        expectNoSecret(entries);
    }

    @Test
    void bundleOfABrokenConfiguration_isMadeToo_andTellsNoSecret() throws Exception {
        program.reconfigure(
                "environment: test",
                "environment: test # comment-secret-2\npasswrod: misspelt-secret-3\n\"comment-secret-2\": 1\n");
        program.reconfigure("passwordFile: password}\n", "password: plain-secret-4}\n");

        assertThat(doctor()).isEqualTo(1);

        Map<String, String> entries = entries();
        assertThat(entries.get("doctor.txt")).contains("a secret is not written here");
        assertThat(entries.get("configuration.yaml"))
                .contains("environment: test")
                .contains("username: demo");
        expectNoSecret(entries);
    }

    @Test
    void bundleWithoutReadableConfiguration_isMadeToo() throws Exception {
        Files.writeString(folder.resolve("sertsynk.yaml"), "password: [plain-secret-4\n");

        assertThat(doctor()).isEqualTo(1);

        Map<String, String> entries = entries();
        assertThat(entries.get("configuration.yaml")).contains("cannot be read");
        assertThat(entries).doesNotContainKey("status.json");
        expectNoSecret(entries);
    }

    @Test
    void fileThatIsThere_isLeftAlone() throws Exception {
        Files.writeString(bundle(), "mine");

        assertThat(doctor()).isEqualTo(2);

        assertThat(program.out()).contains("--bundle: expected a file that is not there yet");
        assertThat(Files.readString(bundle())).isEqualTo("mine");
        assertThat(program.results()).isEmpty();
    }

    @Test
    void fileThatCannotBeWritten_isAMisuse() {
        assertThat(program.run(
                        "doctor",
                        "--bundle",
                        programs.resolve("no/such/folder.zip").toString()))
                .isEqualTo(2);
        assertThat(program.out()).contains("--bundle: expected to write");
    }
}
