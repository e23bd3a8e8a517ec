package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import no.sertsynk.Promtool;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real processes write to standard error. */
@Timeout(180)
class DaemonLogTest {
    private static final HerId ONE = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");

    /** Makes the libraries tell all they can, passwords in headers among it. */
    private static final String TELLING = "-Djdk.httpclient.HttpClient.log=all"
            + " -Dcom.unboundid.ldap.sdk.debug.enabled=true -Dcom.unboundid.ldap.sdk.debug.level=FINEST";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Path configuration;

    @BeforeEach
    void build() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        Pair pair = program.sandbox.publishPair(
                "Legekontoret", NUMBER, Clock.systemUTC().instant().minus(Duration.ofDays(30)));
        program.sandbox.register(ONE, "Legekontoret", NUMBER, pair.encryption(), pair.signature());
        configuration = program.sandbox.configure(List.of(ONE));
    }

    @AfterEach
    void close() {
        program.close();
    }

    private void log(String settings) throws Exception {
        Files.writeString(configuration, Files.readString(configuration) + "log: {" + settings + "}\n");
    }

    private String get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void changes_areOneLineEachUnderTheRunsIdAndThenThereIsSilence() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            String first = daemon.awaitLog("entry_add");
            assertThat(first)
                    .contains(" INFO ")
                    .contains("keystore=dit", "alias=her-1001-", "herId=1001", "serial=", "runId=");
            String runId = first.replaceAll(".* runId=([^ ]+).*", "$1");
            assertThat(program.run("refresh", "--wait")).isZero();
            assertThat(program.run("history", "--json")).isZero();
            assertThat(program.results()).contains(runId);

            daemon.signal("TERM");

            assertThat(daemon.restOfLog())
                    // What ends soon or is doubtful is told once a day, and at the start.
                    .filteredOn(line -> !line.contains("entry_add") && !line.contains(" alert "))
                    .singleElement()
                    .asString()
                    .contains("stopped");
        }
    }

    @Test
    void secrets_areShownAtNoLevelWhateverLibrariesTell() throws Exception {
        String password = Files.readString(folder.resolve("password")).strip();
        assertThat(password).hasSizeGreaterThanOrEqualTo(8);
        log("format: json, level: trace");
        List<String> lines = new ArrayList<>();
        String token;
        try (DaemonProcess daemon =
                DaemonProcess.start(configuration, Map.of("JDK_JAVA_OPTIONS", TELLING), "\"event\":\"started\"")) {
            // Beside the rest, since so much is told that it would not go into the pipe.
            CompletableFuture<List<String>> rest = CompletableFuture.supplyAsync(daemon::restOfLog);
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();
            assertThat(program.run("status")).isZero();
            token = Files.readString(folder.resolve("state/admin.token")).strip();
            daemon.signal("TERM");
            rest.get(1, TimeUnit.MINUTES);
            lines.addAll(daemon.seen().lines().toList());
        }

        String all = String.join("\n", lines);
        String basic = Base64.getEncoder().encodeToString(("demo:" + password).getBytes(StandardCharsets.UTF_8));
        assertThat(all).doesNotContain(password).doesNotContain(token).doesNotContain(basic);
        // The libraries really told: else nothing was shown.
        assertThat(all)
                .contains("\"level\":\"trace\"")
                .contains("jdk.httpclient")
                .contains("(secret)");
        assertThat(lines.stream().filter(line -> !line.startsWith("NOTE: Picked up")))
                .allMatch(line -> line.startsWith("{\"at\":\"") && line.endsWith("}"));
    }

    @Test
    void figures_areUnderstoodByPrometheus() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();

            String text = get(daemon.port(), "/metrics");

            assertThat(text)
                    .contains("sertsynk_config_last_reload_successful 1")
                    .contains("sertsynk_target_entries{target=\"dit\"} 2");
            Promtool.Ended ended = Promtool.run(Files.writeString(folder.resolve("metrics"), text), "check", "metrics");
            assertThat(ended.told()).isEmpty();
            String sound = Files.readString(configuration);
            Files.writeString(configuration, sound + "nonsense: 1\n");
            daemon.signal("HUP");
            daemon.awaitLog("reload_refused");
            assertThat(get(daemon.port(), "/metrics")).contains("sertsynk_config_last_reload_successful 0");
        }
    }

    /** Runs a sync that has something to warn of, with standard error in a file that is said to be the journal's stream. */
    private String warned(boolean journal) throws Exception {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/revocation"), "in the way");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Map<String, Object> stream = Files.readAttributes(err, "unix:dev,ino");
        ProcessBuilder builder = new ProcessBuilder(ProgramProcess.command(
                        System.getProperty("java.class.path"), "--config", configuration.toString(), "sync"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile());
        builder.environment()
                .put(
                        "JOURNAL_STREAM",
                        journal ? stream.get("dev") + ":" + stream.get("ino") : "1:" + stream.get("ino"));
        assertThat(builder.start().waitFor()).isZero();
        return Files.readString(err);
    }

    @Test
    void underTheJournal_linesHaveThePriority() throws Exception {
        assertThat(warned(true).lines()).anyMatch(line -> line.startsWith("<4>KeptFiles fetched_not_kept "));
    }

    @Test
    void streamThatIsNotTheJournals_getsPlainText() throws Exception {
        assertThat(warned(false))
                .doesNotContain("<4>")
                .containsPattern("Z WARN  KeptFiles fetched_not_kept .* runId=[0-9a-f-]{36}");
    }
}
