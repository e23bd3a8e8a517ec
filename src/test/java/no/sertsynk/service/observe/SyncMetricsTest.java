package no.sertsynk.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.PaperCertificate;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Verdicts;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.Test;

class SyncMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static CertificateReport certificate(Role role, long daysLeft) {
        return new CertificateReport(
                Purpose.ENCRYPTION,
                PaperCertificate.of("Part", daysLeft, NOON, NOON.plusSeconds(daysLeft * 86_400)),
                Verdicts.of(Verdicts.PARTY, Set.of(Purpose.ENCRYPTION)),
                role,
                Action.KEEP,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static PartyReport party(int herId, CertificateReport... certificates) {
        return new PartyReport(
                new HerId(herId),
                "",
                Optional.empty(),
                List.of(),
                Outcome.UNCHANGED,
                List.of(),
                List.of(),
                List.of(certificates));
    }

    private static SyncReport report(PartyReport... parties) {
        return new SyncReport("run", NOON, NOON, false, Optional.empty(), List.of(parties), List.of());
    }

    private static String notAfter(int herId) {
        return "sertsynk_certificate_not_after_timestamp_seconds{her_id=\"" + herId + "\",purpose=\"encryption\"}";
    }

    @Test
    void oneRun_tellsTheCurrentCertificatesAndCountsNothing() {
        String text = SyncMetrics.of(report(party(1, certificate(Role.CURRENT, 1), certificate(Role.PARALLEL, 2))));

        assertThat(text.lines().filter(line -> line.startsWith("sertsynk_certificate_not_after")))
                .singleElement()
                .asString()
                .startsWith(notAfter(1))
                .satisfies(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .isEqualTo(NOON.getEpochSecond() + 86_400.0));
        assertThat(text)
                .contains("sertsynk_parties{outcome=\"unchanged\"} 1")
                .contains("sertsynk_parties{outcome=\"rejected\"} 0")
                .contains("sertsynk_sync_finished_timestamp_seconds ")
                .doesNotContain("_total");
    }

    @Test
    void runOfSomeParties_leavesTheOthersAsTheyWere() {
        SyncMetrics metrics = new SyncMetrics();
        metrics.ended(report(party(1, certificate(Role.CURRENT, 1)), party(2, certificate(Role.CURRENT, 1))), true);

        metrics.ended(report(party(2)), false);

        assertThat(metrics.text()).contains(notAfter(1)).doesNotContain(notAfter(2));
    }

    @Test
    void partyThatLeftTheConfiguration_leavesNoSeries() {
        SyncMetrics metrics = new SyncMetrics();
        metrics.ended(report(party(1, certificate(Role.CURRENT, 1)), party(2, certificate(Role.CURRENT, 1))), true);

        metrics.ended(report(party(2, certificate(Role.CURRENT, 1))), true);

        assertThat(metrics.text()).contains(notAfter(2)).doesNotContain(notAfter(1));
    }

    @Test
    void eachRun_isCounted() {
        SyncMetrics metrics = new SyncMetrics();
        metrics.ended(report(party(1)), true);
        metrics.ended(report(party(1)), false);

        assertThat(metrics.text()).contains("sertsynk_sync_runs_total{result=\"success\"} 2");
    }
}
