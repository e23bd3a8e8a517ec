package no.sertsynk.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.service.hook.Announcer;
import no.sertsynk.service.hook.HookCaller;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.state.SqliteState;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.state.StateFolder;
import no.sertsynk.sync.KeystoreAccess;
import no.sertsynk.sync.Rollback;
import no.sertsynk.sync.RollbackReport;
import no.sertsynk.sync.Stages;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncRequest;
import no.sertsynk.sync.SyncRun;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.verdict.RememberingValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on this host's state: one at a time, on somebody's behalf, and with hooks told once everything is on disk. */
final class LocalWork {
    private final Path folder;
    private final Clock clock;
    private final String actor;
    private final HookCaller caller;
    private final List<Announcer.Hooked> hooked;
    private final RunTally tally;

    LocalWork(
            Path folder, Clock clock, String actor, HookCaller caller, List<Announcer.Hooked> hooked, RunTally tally) {
        this.folder = folder;
        this.clock = clock;
        this.actor = actor;
        this.caller = caller;
        this.hooked = hooked;
        this.tally = tally;
    }

    /** Something that is done with the state open. */
    private interface Work<T> {
        T with(SqliteState state, Announcer announcer);
    }

    private <T> T locked(Work<T> work) {
        StateFolder made = StateFolder.create(folder);
        try (StateFolder.RunLock lock = made.lock();
                SqliteState state = SqliteState.open(made, actor)) {
            Announcer announcer = new Announcer(hooked, new CountedHooks(state, tally), caller, clock);
            announcer.prepare();
            return work.with(state, announcer);
        }
    }

    /** @param validator of the stages, whose accepted verdicts are kept for later runs */
    SyncReport sync(
            SyncSettings settings,
            Stages stages,
            SyncListener listener,
            SyncRequest request,
            RememberingValidator validator) {
        return locked((state, announcer) -> {
            SyncReport report = new SyncRun(settings, stages, state, listener, request).run();
            keep(validator);
            return report.with(announcer.announce());
        });
    }

    /** The run is done whether or not the next one has it easier. */
    private static void keep(RememberingValidator validator) {
        try {
            validator.keep();
        } catch (StateException e) {
            Log.VERDICTS.warn("verdicts_not_kept {}", e.getMessage());
        }
    }

    /** Made when it is needed: setting up a logger takes long. */
    private static final class Log {
        static final Logger VERDICTS = LoggerFactory.getLogger(LocalWork.class);
    }

    SyncReport dryRun(SyncSettings settings, Stages stages, SyncListener listener, SyncRequest request) {
        Optional<SqliteStatus> opened = SqliteStatus.open(folder);
        if (opened.isEmpty()) {
            return new SyncRun(settings, stages, DryState.of(opened), listener, request).run();
        }
        try (SqliteStatus status = opened.get()) {
            return new SyncRun(settings, stages, DryState.of(opened), listener, request).run();
        }
    }

    RollbackReport rollback(
            SyncSettings settings,
            KeystoreSetting keystore,
            Validator validator,
            KeystoreAccess keystores,
            Optional<Integer> to) {
        return locked((state, announcer) -> {
            Rollback.Order order = new Rollback.Order(UUID.randomUUID().toString(), clock.instant(), actor, to);
            RollbackReport report = new Rollback(settings, validator, keystores, state, order).run(keystore);
            Map<String, List<Reason>> problems = announcer.announce();
            return report.with(problems.getOrDefault(report.name(), List.of()));
        });
    }

    /** Those of the certificates that had been handed over for the party, and now no longer are. */
    List<PartnerCertificate> takeBack(HerId herId, List<PartnerCertificate> certificates) {
        return locked((state, announcer) -> certificates.stream()
                .filter(certificate -> state.takeBack(herId, certificate, clock.instant()))
                .toList());
    }

    /** Lets a held keystore go on; whether it was held. */
    boolean release(String keystore) {
        return locked((state, announcer) -> {
            boolean isHeld = state.recall().keystore(keystore).hold().isPresent();
            if (isHeld) {
                Instant now = clock.instant();
                state.hold(UUID.randomUUID().toString(), now, keystore, Optional.empty());
            }
            return isHeld;
        });
    }
}
