package no.sertsynk.app.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.service.schedule.Cadence;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.StatusSource.LastRun;

/** Whether the last sync was lately, and what it left undone. */
public final class SyncCheck implements Check {
    private static final Duration TOO_LONG = Duration.ofDays(1);

    private final Path state;
    private final Cadence cadence;
    private final Clock clock;

    /** @param cadence how often there should be a sync */
    public SyncCheck(Path state, Cadence cadence, Clock clock) {
        this.state = state;
        this.cadence = cadence;
        this.clock = clock;
    }

    @Override
    public String topic() {
        return "sync";
    }

    @Override
    public List<Finding> look() {
        try {
            Optional<SqliteStatus> opened = SqliteStatus.open(state);
            if (opened.isEmpty()) {
                return List.of(never());
            }
            try (SqliteStatus status = opened.get()) {
                return findings(status);
            }
        } catch (StateException e) {
            return List.of(new Finding.Error(
                    String.valueOf(e.getMessage()), "if its owner is another, run doctor with sudo or as that user"));
        }
    }

    private static Finding never() {
        return new Finding.Warning(
                "no sync has been run", "sertsynk plan shows what the first one would do; sertsynk sync does it");
    }

    private List<Finding> findings(StatusSource status) {
        Optional<LastRun> last = status.lastRun();
        if (last.isEmpty()) {
            return List.of(never());
        }
        List<Finding> findings = new ArrayList<>();
        when(last.get()).ifPresent(findings::add);
        last.get()
                .stopped()
                .ifPresent(reason -> findings.add(new Finding.Error(
                        Sentence.of("the last sync stopped: {0}", reason),
                        "do what is said there, then run sertsynk sync")));
        if (last.get().failing() > 0) {
            findings.add(new Finding.Warning(
                    Sentence.of("{0} parties have problems", last.get().failing()),
                    "sertsynk status tells which, and since when"));
        }
        leftUndone(status, findings);
        if (findings.isEmpty()) {
            findings.add(new Finding.Ok(Sentence.of(
                    "the last sync ended at {0}, with nothing undone",
                    last.get().finishedAt())));
        }
        return findings;
    }

    private Optional<Finding> when(LastRun last) {
        Instant now = clock.instant();
        if (now.isBefore(last.startedAt())) {
            return Optional.of(new Finding.Error(
                    Sentence.of(
                            "the last sync was at {0}, which is later than now by this host's clock", last.startedAt()),
                    "set the clock; if it was wrong at that sync, go on once with sertsynk sync --force clock"));
        }
        if (!cadence.isOverdue(last.finishedAt(), now)) {
            return Optional.empty();
        }
        String message = Sentence.of(
                "the last sync ended at {0}; by the schedule there should have been later ones", last.finishedAt());
        String remedy = "see the lines about unit and daemon, and journalctl -u sertsynk.service";
        boolean tooLong = Duration.between(last.finishedAt(), now).compareTo(TOO_LONG) > 0;
        return Optional.of(tooLong ? new Finding.Error(message, remedy) : new Finding.Warning(message, remedy));
    }

    private static void leftUndone(StatusSource status, List<Finding> findings) {
        status.keystores().forEach(keystore -> {
            keystore.problem()
                    .ifPresent(reason -> findings.add(new Finding.Error(
                            Sentence.of(
                                    "the last sync failed with keystore {0}: {1}", keystore.name(), reason.message()),
                            "do what is said there, then run sertsynk sync")));
            keystore.hold()
                    .ifPresent(hold -> findings.add(new Finding.Warning(
                            Sentence.of(
                                    "keystore {0} is held since a rollback, and is not kept up to date",
                                    keystore.name()),
                            Sentence.of("sertsynk rollback --release {0}", keystore.name()))));
        });
        status.hooks()
                .forEach(hook -> hook.failure()
                        .ifPresent(failure -> findings.add(new Finding.Warning(
                                Sentence.of(
                                        "{0} of keystore {1} has not been told of the last change: {2}",
                                        hook.label(), hook.keystore(), failure),
                                "put right what keeps it from running; the next sync tries again"))));
    }
}
