package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import no.sertsynk.model.HerId;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.StatusSource.HookRow;
import no.sertsynk.sync.StatusSource.KeystoreRow;
import no.sertsynk.sync.StatusSource.Problem;
import no.sertsynk.sync.StatusSource.Row;

/** What somebody should look at, of the last run and of what has been so since earlier. An alert goes when its cause does. */
final class StatusAlerts {
    private static final Duration SOON = Duration.ofDays(30);

    private final StatusSource source;
    private final List<StatusSlot> slots;
    private final Instant now;
    private final List<Alert> alerts = new ArrayList<>();

    private StatusAlerts(StatusSource source, List<StatusSlot> slots, Instant now) {
        this.source = source;
        this.slots = slots;
        this.now = now;
    }

    /**
     * One thing to look at.
     *
     * @param about what kind of thing it is about, for programs: with the code it tells what somebody has to do
     * @param keystore the name of the keystore that it is about
     * @param isError whether something is wrong now; else it will be, or should be known
     * @param daysLeft until the certificate ends that it is about
     */
    record Alert(
            String about,
            Optional<String> keystore,
            ReasonCode code,
            boolean isError,
            String message,
            Instant since,
            Optional<HerId> herId,
            OptionalLong daysLeft) {}

    static List<Alert> of(StatusSource source, List<StatusSlot> slots, AnchorOutput anchors, Instant now) {
        StatusAlerts found = new StatusAlerts(source, slots, now);
        found.run();
        source.keystores().forEach(found::keystore);
        source.hooks().forEach(found::hook);
        source.problems().forEach(found::problem);
        slots.forEach(found::ending);
        anchors.alerts(source.rows())
                .forEach(alert -> found.add(
                        alert.about(),
                        Optional.empty(),
                        alert.code(),
                        alert.isError(),
                        alert.message(),
                        alert.since()));
        return List.copyOf(found.alerts);
    }

    private void run() {
        source.lastRun()
                .ifPresent(run -> run.stopped()
                        .ifPresent(reason ->
                                add("run", Optional.empty(), reason.code(), true, reason.message(), run.startedAt())));
    }

    private void keystore(KeystoreRow keystore) {
        keystore.problem()
                .ifPresent(reason -> add(
                        "keystore",
                        Optional.of(keystore.name()),
                        reason.code(),
                        true,
                        reason.message(),
                        keystore.problemSince().orElse(now)));
        keystore.hold()
                .ifPresent(hold -> add(
                        "hold",
                        Optional.of(keystore.name()),
                        ReasonCode.GUARD,
                        false,
                        "keystore " + keystore.name() + " is held by " + hold.by() + " with the entries of generation "
                                + hold.generation()
                                + ": no run changes it; let it go on with sertsynk rollback --release "
                                + keystore.name(),
                        hold.since()));
    }

    private void hook(HookRow hook) {
        String what = hook.failure()
                .map(failure -> failure + " (" + hook.attempts() + " times)")
                .orElse("not told yet; the next run does it");
        add(
                "hook",
                Optional.of(hook.keystore()),
                ReasonCode.HOOK_FAILED,
                hook.failure().isPresent(),
                "hook " + hook.label() + " of keystore " + hook.keystore() + ": " + what,
                hook.since().orElse(now));
    }

    private void problem(Problem problem) {
        OptionalLong days = problem.notAfter().isPresent()
                ? OptionalLong.of(StatusSlot.days(now, problem.notAfter().get()))
                : OptionalLong.empty();
        boolean isCounted = problem.reason().code() == ReasonCode.WRONG_ORGANIZATION && days.isPresent();
        alerts.add(new Alert(
                "party",
                Optional.empty(),
                problem.reason().code(),
                !problem.warning(),
                "HER-id " + problem.herId() + ": " + problem.reason().message()
                        + (isCounted ? "; days left: " + days.getAsLong() : ""),
                problem.since(),
                Optional.of(problem.herId()),
                days));
    }

    private void ending(StatusSlot slot) {
        if (slot.current().isEmpty() || slot.hasSuccessor()) {
            return;
        }
        Row current = slot.current().get();
        Instant end = current.certificate().notAfter();
        if (end.isAfter(now.plus(SOON))) {
            return;
        }
        long days = StatusSlot.days(now, end);
        alerts.add(new Alert(
                "ending",
                Optional.empty(),
                ReasonCode.EXPIRED,
                false,
                "the current " + slot.purpose() + " certificate of HER-id " + slot.herId() + " ends " + end
                        + ", days left: " + days + ", and no successor is known; ask the party",
                end.minus(SOON),
                Optional.of(slot.herId()),
                OptionalLong.of(days)));
    }

    private void add(
            String about, Optional<String> keystore, ReasonCode code, boolean isError, String message, Instant since) {
        alerts.add(new Alert(about, keystore, code, isError, message, since, Optional.empty(), OptionalLong.empty()));
    }
}
