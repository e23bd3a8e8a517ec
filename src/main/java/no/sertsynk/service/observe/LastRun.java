package no.sertsynk.service.observe;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;

/** What is true after a run, whoever did it: the same series for the service and for a single run. */
final class LastRun {
    private final Gauge finished;
    private final Gauge parties;
    private final Gauge notAfter;

    LastRun(PrometheusRegistry registry) {
        finished = Gauge.builder()
                .name("sertsynk_sync_finished_timestamp_seconds")
                .help("When the last run ended.")
                .register(registry);
        parties = Gauge.builder()
                .name("sertsynk_parties")
                .help("Parties of the last run, by how they fared.")
                .labelNames("outcome")
                .register(registry);
        notAfter = Gauge.builder()
                .name("sertsynk_certificate_not_after_timestamp_seconds")
                .help("Until when the current certificate is valid.")
                .labelNames("her_id", "purpose")
                .register(registry);
    }

    /** @param whole whether all parties were looked at; then nothing stays of one that has left the configuration */
    void show(SyncReport report, boolean whole) {
        finished.set(report.finishedAt().getEpochSecond());
        for (Outcome outcome : Outcome.values()) {
            parties.labelValues(outcome.id()).set(report.count(outcome));
        }
        if (whole) {
            notAfter.clear();
        }
        report.parties().forEach(this::show);
    }

    private void show(PartyReport party) {
        String herId = party.herId().toString();
        for (Purpose purpose : Purpose.values()) {
            notAfter.remove(herId, purpose.toString());
        }
        for (CertificateReport certificate : party.certificates()) {
            if (certificate.role() == Role.CURRENT) {
                notAfter.labelValues(herId, certificate.purpose().toString())
                        .set(certificate.certificate().notAfter().getEpochSecond());
            }
        }
    }
}
