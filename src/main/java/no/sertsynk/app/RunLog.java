package no.sertsynk.app;

import java.util.List;
import no.sertsynk.service.schedule.RunStatus;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a run is told in the log: every change, every problem, and nothing if nothing happened. */
final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private RunLog() {}

    static void tell(SyncReport report) {
        String run = report.runId();
        report.stopped().ifPresent(reason -> LOG.warn("run_stopped run={} {}", run, reason));
        report.parties().stream()
                .filter(party -> party.outcome() != Outcome.UPDATED && party.outcome() != Outcome.UNCHANGED)
                .forEach(party -> LOG.warn(
                        "party_{} run={} herId={} {}",
                        party.outcome().id(),
                        run,
                        party.herId(),
                        party.reasons().isEmpty()
                                ? ""
                                : party.reasons().getFirst().toString()));
        report.keystores().forEach(keystore -> tell(run, keystore));
    }

    private static void tell(String run, KeystoreReport keystore) {
        if (keystore.changed()) {
            keystore.changes()
                    .forEach(change -> LOG.info(
                            "entry_{} run={} keystore={} alias={} herId={} serial={} {}",
                            change.action().id(),
                            run,
                            keystore.name(),
                            change.alias(),
                            change.herId(),
                            change.certificate().serial(),
                            change.reason()));
        }
        keystore.reasons()
                .forEach(reason -> LOG.error("keystore_failed run={} keystore={} {}", run, keystore.name(), reason));
    }

    /** One line on how the run ended. */
    static String line(RunStatus status) {
        if (status.report().isEmpty()) {
            return "last sync failed: " + String.join("; ", status.failure());
        }
        SyncReport report = status.report().get();
        List<Outcome> bad = List.of(Outcome.REJECTED, Outcome.UNDETERMINED, Outcome.FAILED);
        int problems = bad.stream().mapToInt(report::count).sum();
        return "last sync " + report.finishedAt() + ": " + report.parties().size() + " parties, " + problems
                + " with problems"
                + report.stopped().map(reason -> "; stopped: " + reason).orElse("");
    }
}
