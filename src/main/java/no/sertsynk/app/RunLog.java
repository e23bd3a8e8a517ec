package no.sertsynk.app;

import java.util.List;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.service.schedule.RunStatus;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What of a run is told in the log: every change, every problem, and nothing if nothing happened. */
final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private static final String REASON = "reason";

    private RunLog() {}

    /** To be called while the run's id is in the logging context. */
    static void tell(SyncReport report) {
        report.stopped()
                .ifPresent(reason -> LOG.atWarn().addKeyValue(REASON, reason).log("run_stopped"));
        report.parties().stream()
                .filter(party -> party.outcome() != Outcome.UPDATED && party.outcome() != Outcome.UNCHANGED)
                .forEach(RunLog::tell);
        report.keystores().forEach(RunLog::tell);
    }

    private static void tell(PartyReport party) {
        LoggingEventBuilder line = LOG.atWarn().addKeyValue("herId", party.herId());
        if (!party.reasons().isEmpty()) {
            line = line.addKeyValue(REASON, party.reasons().getFirst());
        }
        line.log("party_" + party.outcome().id());
    }

    private static void tell(KeystoreReport keystore) {
        if (keystore.changed()) {
            for (Change change : keystore.changes()) {
                LOG.atInfo()
                        .addKeyValue("keystore", keystore.name())
                        .addKeyValue("alias", change.alias())
                        .addKeyValue("herId", change.herId())
                        .addKeyValue("serial", change.certificate().serial())
                        .addKeyValue(REASON, change.reason())
                        .log("entry_" + change.action().id());
            }
        }
        for (Reason reason : keystore.reasons()) {
            LOG.atError()
                    .addKeyValue("keystore", keystore.name())
                    .addKeyValue(REASON, reason)
                    .log(reason.code() == ReasonCode.HOOK_FAILED ? "hook_failed" : "keystore_failed");
        }
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
