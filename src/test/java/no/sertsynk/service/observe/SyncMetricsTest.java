package no.sertsynk.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.Promtool;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Role;
import no.sertsynk.service.observe.Observed.RevocationList;
import no.sertsynk.service.observe.RunTally.Answer;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.StatusSource.HookRow;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2027-03-01T12:00:00Z");
    private static final String CA = "CN=Issuing \"CA\"";

    private final PaperFigures figures = new PaperFigures();
    private final SyncMetrics metrics = new SyncMetrics("1.2.3");

    private static SyncReport report(Outcome outcome, Optional<Reason> stopped, KeystoreReport... keystores) {
        PartyReport party = new PartyReport(
                new HerId(1), "", Optional.empty(), List.of(), outcome, List.of(), List.of(), List.of());
        return new SyncReport("run", NOON, NOON.plusSeconds(4), false, stopped, List.of(party), List.of(keystores));
    }

    private static KeystoreReport keystore(ReasonCode... problems) {
        return new KeystoreReport(
                "dit",
                Path.of("/p"),
                false,
                1,
                0,
                Arrays.stream(problems).map(code -> Reason.of(code, "m")).toList(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Scope scope(Integer... herIds) {
        return new Scope(
                Arrays.stream(herIds).map(HerId::new).collect(Collectors.toSet()),
                List.of(new Scope.Target(
                        "dit", Set.of(Purpose.ENCRYPTION), Optional.empty(), List.of("/usr/bin/reload"))),
                Map.of("portal", NOON));
    }

    private String shown(Scope scope, RevocationList... lists) {
        metrics.show(new Observed(NOON, scope, Optional.of(figures), List.of(lists)));
        return metrics.text();
    }

    /** The value of the line; fails if there is none. */
    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
    }

    /** A world in which every figure has something to tell. */
    private String everything() {
        figures.certificate(1, Role.CURRENT, LATER, Optional.empty(), ReasonCode.WRONG_ORGANIZATION);
        figures.certificate(1, Role.PARALLEL, NOON.plusSeconds(60), Optional.empty());
        figures.certificate(1, Role.NEXT, LATER, Optional.empty());
        figures.keystore("dit", Optional.empty(), Optional.empty());
        figures.changes.put("dit", NOON);
        figures.lastSuccess = Optional.of(NOON);
        figures.outcomes.put(new HerId(1), Outcome.UNCHANGED);
        RunTally tally = new RunTally();
        tally.registerLookup(Answer.FOUND);
        tally.directorySearch("ldap.example", Answer.EMPTY);
        tally.ocspResponse("good");
        tally.hookRun("/usr/bin/reload", false);
        tally.clockOffset(Duration.ofSeconds(-3));
        metrics.ended(report(Outcome.UNCHANGED, Optional.empty(), keystore()), tally);
        return shown(scope(1), new RevocationList(CA, Optional.of(NOON), 9));
    }

    @Test
    void names_areThoseOfTheTable() {
        Set<String> shown = everything()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Series.values()).map(Series::metric).toList());
    }

    @Test
    void text_isUnderstoodByPrometheus(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("sertsynk.prom"), everything());

        Promtool.Ended ended = Promtool.run(file, "check", "metrics");

        assertThat(ended.told()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    @Test
    void eachFigure_saysWhatItMeans() {
        assertThat(Series.values()).allSatisfy(series -> {
            assertThat(series.help()).hasSizeGreaterThan(20).endsWith(".");
            assertThat(series.metric()).startsWith("sertsynk_").matches("[a-z_]+");
        });
    }

    @Test
    void certificates_standByWhatTheyAreFor() {
        String text = everything();

        assertThat(
                        value(
                                text,
                                "sertsynk_certificate_not_after_timestamp_seconds{her_id=\"1\",purpose=\"encryption\",slot=\"current\"}"))
                .isEqualTo(LATER.getEpochSecond());
        assertThat(value(text, "sertsynk_rollover_ends_timestamp_seconds{her_id=\"1\",purpose=\"encryption\"}"))
                .isEqualTo(NOON.getEpochSecond() + 60.0);
        assertThat(value(text, "sertsynk_rollover_active{target=\"dit\"}")).isEqualTo(1);
        String valid = "sertsynk_certificate_valid{check=\"%s\",her_id=\"1\",purpose=\"encryption\",slot=\"current\"}";
        assertThat(value(text, valid.formatted("organization"))).isZero();
        assertThat(value(text, valid.formatted("trust"))).isEqualTo(1);
    }

    @Test
    void certificateThatWillTakeOver_isNextAlthoughItIsInstalled() {
        figures.certificate(1, Role.PARALLEL, LATER, Optional.of(NOON.plusSeconds(5)));

        assertThat(shown(scope(1))).contains("slot=\"next\"").doesNotContain("slot=\"previous\"");
    }

    @Test
    void textOfOthers_isNoLabel() {
        assertThat(everything()).doesNotContain("Of others").doesNotContain("of\\\" others");
    }

    @Test
    void partyThatLeftTheConfiguration_leavesNoSeries() {
        figures.certificate(1, Role.CURRENT, LATER, Optional.empty());
        figures.certificate(2, Role.CURRENT, LATER, Optional.empty());
        figures.outcomes.put(new HerId(1), Outcome.REJECTED);
        figures.outcomes.put(new HerId(2), Outcome.UNCHANGED);
        assertThat(shown(scope(1, 2))).contains("her_id=\"1\"").contains("her_id=\"2\"");

        String text = shown(scope(2));

        assertThat(text).contains("her_id=\"2\"").doesNotContain("her_id=\"1\"");
        assertThat(value(text, "sertsynk_parties{outcome=\"rejected\"}")).isZero();
    }

    @Test
    void keystoreThatLeftTheConfiguration_leavesNoSeries() {
        figures.keystore("dit", Optional.of(ReasonCode.KEYSTORE_FAILED), Optional.empty());
        RunTally tally = new RunTally();
        tally.hookRun("/usr/bin/reload", true);
        metrics.ended(report(Outcome.FAILED, Optional.empty(), keystore(ReasonCode.KEYSTORE_FAILED)), tally);
        String before = shown(scope(1));
        assertThat(value(before, "sertsynk_target_in_sync{target=\"dit\"}")).isZero();
        assertThat(value(before, "sertsynk_target_write_failures_total{reason=\"KEYSTORE_FAILED\",target=\"dit\"}"))
                .isEqualTo(1);

        String after = shown(new Scope(Set.of(), List.of(), Map.of()));

        assertThat(after).doesNotContain("target=\"dit\"").doesNotContain("/usr/bin/reload");
    }

    @Test
    void keystoreWhoseHookFailed_isInSyncAndItsHookPending() {
        figures.keystore("dit", Optional.of(ReasonCode.HOOK_FAILED), Optional.empty());
        figures.hooks.add(
                new HookRow("dit", "/usr/bin/reload", 1, Optional.of("exit 1"), Optional.of(NOON), Optional.of(NOON)));

        String text = shown(scope(1));

        assertThat(value(text, "sertsynk_target_in_sync{target=\"dit\"}")).isEqualTo(1);
        assertThat(value(text, "sertsynk_hook_pending{hook=\"/usr/bin/reload\",target=\"dit\"}"))
                .isEqualTo(1);
    }

    @Test
    void listPastItsEnd_isStale() {
        String text = shown(
                scope(1),
                new RevocationList("old", Optional.of(NOON.minusSeconds(1)), 7),
                new RevocationList("fresh", Optional.of(NOON.plusSeconds(1)), 8));

        assertThat(value(text, "sertsynk_crl_stale{issuer=\"old\"}")).isEqualTo(1);
        assertThat(value(text, "sertsynk_crl_stale{issuer=\"fresh\"}")).isZero();
        assertThat(value(text, "sertsynk_crl_bytes{issuer=\"fresh\"}")).isEqualTo(8);
    }

    @Test
    void eachRun_isCountedByWhatCameOfIt() {
        metrics.ended(report(Outcome.UNCHANGED, Optional.empty()), new RunTally());
        metrics.ended(report(Outcome.REJECTED, Optional.empty()), new RunTally());
        metrics.ended(report(Outcome.UNCHANGED, Optional.of(Reason.of(ReasonCode.GUARD, "m"))), new RunTally());
        metrics.failed(new RunTally());

        String text = metrics.text();

        for (String result : List.of("success", "problems", "stopped", "failed")) {
            assertThat(value(text, "sertsynk_sync_runs_total{result=\"" + result + "\"}"))
                    .isEqualTo(1);
        }
        assertThat(value(text, "sertsynk_sync_duration_seconds_count")).isEqualTo(3);
        assertThat(value(text, "sertsynk_sync_duration_seconds_bucket{le=\"5.0\"}"))
                .isEqualTo(3);
    }

    @Test
    void nextProcess_goesOnFromTheCountsOfTheOneBefore() {
        String first = everything();
        SyncMetrics next = new SyncMetrics("1.2.4").resuming(first);
        next.ended(report(Outcome.UNCHANGED, Optional.empty()), new RunTally());
        next.show(new Observed(NOON, scope(1), Optional.of(figures), List.of()));

        String text = next.text();

        assertThat(value(text, "sertsynk_sync_runs_total{result=\"success\"}")).isEqualTo(2);
        assertThat(value(text, "sertsynk_directory_searches_total{directory=\"ldap.example\",result=\"empty\"}"))
                .isEqualTo(1);
        assertThat(value(text, "sertsynk_sync_duration_seconds_count")).isEqualTo(2);
        assertThat(value(text, "sertsynk_sync_duration_seconds_sum")).isEqualTo(8);
        assertThat(value(text, "sertsynk_sync_duration_seconds_bucket{le=\"1.0\"}"))
                .isZero();
        assertThat(text).contains("version=\"1.2.4\"").doesNotContain("1.2.3");
    }

    @Test
    void earlierTextThatIsNotOurs_isPassedOver() {
        SyncMetrics next = new SyncMetrics("1").resuming("""
            nonsense
            sertsynk_sync_runs_total{result="success"} 1e999
            sertsynk_sync_runs_total{other="success"} 5
            sertsynk_sync_runs_total{result="success"} -5
            sertsynk_sync_duration_seconds_bucket{le="7"} 5
            sertsynk_parties{outcome="rejected"} 5
            """);

        assertThat(value(next.text(), "sertsynk_sync_runs_total{result=\"success\"}"))
                .isZero();
        assertThat(next.text()).doesNotContain("sertsynk_parties{").doesNotContain("other=");
    }

    @Test
    void refusedReload_isShown() {
        metrics.reloaded(false);
        assertThat(value(metrics.text(), "sertsynk_config_last_reload_successful"))
                .isZero();

        metrics.reloaded(true);
        assertThat(value(metrics.text(), "sertsynk_config_last_reload_successful"))
                .isEqualTo(1);
    }

    @Test
    void beforeTheFirstRun_thereIsNoSuccess() {
        metrics.show(new Observed(NOON, scope(1), Optional.empty(), List.of()));

        assertThat(value(metrics.text(), "sertsynk_sync_last_success_timestamp_seconds"))
                .isZero();
    }
}
