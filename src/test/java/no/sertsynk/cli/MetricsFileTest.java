package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.Promtool;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that a single run leaves for node_exporter. */
class MetricsFileTest {
    private static final HerId ONE = new HerId(1001);
    private static final HerId TWO = new HerId(1002);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path collected;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void build() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        publish(ONE);
        publish(TWO);
        program.sandbox.configure(List.of(ONE, TWO));
        file = collected.resolve("sertsynk.prom");
    }

    @AfterEach
    void close() {
        program.close();
    }

    private void publish(HerId herId) throws Exception {
        Pair pair = program.sandbox.publishPair(
                "Party " + herId, NUMBER, Clock.systemUTC().instant().minus(Duration.ofDays(30)));
        program.sandbox.register(herId, "Party " + herId, NUMBER, pair.encryption(), pair.signature());
    }

    private String synced(String... further) throws Exception {
        String[] arguments = Stream.concat(Stream.of("sync", "--metrics-file", file.toString()), Stream.of(further))
                .toArray(String[]::new);
        assertThat(program.run(arguments)).as(program.out()).isZero();
        return Files.readString(file);
    }

    @Test
    void file_isForEverybodyToReadAndUnderstoodByPrometheus() throws Exception {
        String text = synced();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        try (Stream<Path> left = Files.list(collected)) {
            assertThat(left).containsExactly(file);
        }
        assertThat(text)
                .contains("sertsynk_parties{outcome=\"updated\"} 2")
                .contains("sertsynk_target_in_sync{target=\"dit\"} 1")
                .contains("sertsynk_target_entries{target=\"dit\"} 4")
                // Two parties, and what has changed.
                .contains("sertsynk_register_lookups_total{result=\"found\"} 3")
                .contains(
                        "sertsynk_certificate_valid{check=\"trust\",her_id=\"1001\",purpose=\"encryption\",slot=\"current\"}"
                            + " 1")
                .contains("sertsynk_crl_stale{issuer=\"")
                .contains("sertsynk_clock_offset_seconds ")
                .doesNotContain("Party 1001");
        Promtool.Ended ended = Promtool.run(file, "check", "metrics");
        assertThat(ended.told()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    @Test
    void laterRun_goesOnCounting() throws Exception {
        synced();

        assertThat(synced())
                .contains("sertsynk_sync_runs_total{result=\"success\"} 2")
                .contains("sertsynk_sync_duration_seconds_count 2")
                .contains("sertsynk_parties{outcome=\"unchanged\"} 2");
    }

    @Test
    void runOfOneParty_keepsTheOthersFigures() throws Exception {
        synced();

        assertThat(synced("--party", ONE.toString()))
                .contains("her_id=\"1001\"")
                .contains("her_id=\"1002\"");
    }

    @Test
    void partyThatLeftTheConfiguration_isGone() throws Exception {
        assertThat(synced()).contains("her_id=\"1002\"");
        program.sandbox.configure(List.of(ONE));

        assertThat(synced()).contains("her_id=\"1001\"").doesNotContain("her_id=\"1002\"");
    }

    @Test
    void dryRun_countsNothing() throws Exception {
        synced();

        assertThat(synced("--dry-run")).contains("sertsynk_sync_runs_total{result=\"success\"} 1");
    }

    @Test
    void folderThatIsNotThere_isTold() {
        file = folder.resolve("absent/sertsynk.prom");

        assertThat(program.run("sync", "--metrics-file", file.toString())).isEqualTo(2);
        assertThat(program.out()).contains("--metrics-file").contains(file.toString());
        assertThat(folder.resolve("dit.p12")).exists();
    }
}
