package no.sertsynk.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.cli.StatusAlerts.Alert;
import no.sertsynk.cli.StatusSlot.Event;
import no.sertsynk.model.Escape;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.StatusSource.KeystoreRow;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.sync.StatusSource.RunRow;
import no.sertsynk.sync.SyncSettings;

/** What is installed and what comes next, as JSON and as text. */
final class StatusOutput {
    private static final int SHOWN_RUNS = 20;
    private static final int SHOWN_GENERATIONS = 20;

    private final StatusSource source;
    private final Function<String, List<Integer>> kept;
    private final List<StatusSlot> slots;
    private final List<Alert> alerts;
    private final StatusServices services;
    private final AnchorOutput anchors;
    private final Instant now;

    /** @param kept the numbers of a keystore's earlier generations that can be put back */
    StatusOutput(
            StatusSource source,
            SyncSettings settings,
            AnchorOutput anchors,
            Function<String, List<Integer>> kept,
            Instant now) {
        this.source = source;
        this.kept = kept;
        this.slots = StatusSlot.of(source, settings);
        this.services = new StatusServices(settings, slots, now);
        this.alerts = StatusAlerts.of(source, slots, anchors, now);
        this.anchors = anchors;
        this.now = now;
    }

    private long daysLeft(Row row) {
        return StatusSlot.days(now, row.certificate().notAfter());
    }

    /** What somebody should look at. */
    List<Alert> alerts() {
        return alerts;
    }

    /** The parties alone. */
    String partiesJson() {
        return Json.object(json -> json.putObjects("parties", slots, this::slot));
    }

    String json() {
        return Json.object(json -> {
            json.put("at", now).putObjects("parties", slots, this::slot);
            if (source.lastRun().isPresent()) {
                StatusSource.LastRun run = source.lastRun().get();
                json.putObject(
                        "lastSync",
                        last -> last.put("runId", run.runId())
                                .put("startedAt", run.startedAt())
                                .put("finishedAt", run.finishedAt())
                                .put("problems", run.failing())
                                .putOptional("stopped", run.stopped()));
            } else {
                json.putOptional("lastSync", Optional.empty());
            }
            json.putObjects("runs", source.runs(SHOWN_RUNS), StatusOutput::run)
                    .putObjects("keystores", source.keystores(), this::keystore);
            ByHand byHand = ByHand.of(slots);
            json.putObject(
                    "byHand",
                    inner -> inner.put("count", byHand.count()).putOptional("againBefore", byHand.againBefore()));
            services.json(json);
            anchors.json(json, source.rows());
            json.putObjects("alerts", alerts, StatusOutput::alert);
        });
    }

    /**
     * What was handed over by hand, which nobody renews but the administrator.
     *
     * @param againBefore the first end of one that is current; empty if none is
     */
    private record ByHand(long count, Optional<Instant> againBefore) {
        static ByHand of(List<StatusSlot> slots) {
            List<Row> rows = slots.stream()
                    .flatMap(slot -> slot.rows().stream())
                    .filter(Row::byHand)
                    .filter(row -> row.role() == Role.CURRENT || row.role() == Role.PARALLEL)
                    .toList();
            return new ByHand(
                    rows.stream()
                            .map(row -> row.certificate().sha256())
                            .distinct()
                            .count(),
                    rows.stream()
                            .filter(row -> row.role() == Role.CURRENT)
                            .map(row -> row.certificate().notAfter())
                            .min(Instant::compareTo));
        }
    }

    private static void run(Json json, RunRow row) {
        json.put("runId", row.run().runId())
                .put("startedAt", row.run().startedAt())
                .put("finishedAt", row.run().finishedAt())
                .put("problems", row.run().failing())
                .put("changes", row.changes());
        row.run()
                .stopped()
                .ifPresent(reason -> json.putObject(
                        "stopped",
                        stopped -> stopped.put("code", reason.code().name()).put("message", reason.message())));
    }

    private void keystore(Json json, KeystoreRow keystore) {
        json.put("name", keystore.name())
                .put("path", keystore.path())
                .put("generation", keystore.generation())
                .put("entries", keystore.entries())
                .putOptional("problem", keystore.problem());
        SyncOutput.hold(json, keystore.hold());
        List<Integer> files = kept.apply(keystore.name());
        json.putObjects(
                "generations",
                source.generations(keystore.name(), SHOWN_GENERATIONS),
                (inner, generation) -> inner.put("generation", generation.number())
                        .put("at", generation.at())
                        .put("actor", generation.actor())
                        .put("added", generation.added())
                        .put("removed", generation.removed())
                        .put("changed", generation.changed()));
        json.putNumbers("kept", files.stream().map(Integer::longValue).toList());
    }

    private static void alert(Json json, Alert alert) {
        json.put("code", alert.code().name())
                .put("severity", alert.isError() ? "error" : "warning")
                .put("message", alert.message())
                .put("since", alert.since())
                .put("about", alert.about());
        alert.keystore().ifPresent(keystore -> json.put("keystore", keystore));
        alert.herId().ifPresent(herId -> json.put("herId", herId.value()));
        alert.daysLeft().ifPresent(days -> json.put("daysLeft", days));
    }

    private void slot(Json json, StatusSlot slot) {
        json.put("herId", slot.herId().value())
                .put("name", slot.name())
                .putOptional("organizationNumber", slot.party().organizationNumber())
                .putOptional("outcome", slot.party().outcome().map(Outcome::id))
                .put("purpose", slot.purpose().id());
        if (slot.current().isPresent()) {
            json.putObject("current", inner -> facts(inner, slot.current().get()));
            json.put("daysLeft", daysLeft(slot.current().get()));
        } else {
            json.putOptional("current", Optional.empty()).putOptional("daysLeft", Optional.empty());
        }
        json.putObjects("parallel", slot.of(Role.PARALLEL), StatusOutput::facts)
                .putObjects("upcoming", slot.of(Role.NEXT), StatusOutput::facts)
                .putObjects(
                        "next",
                        slot.events(),
                        (inner, event) -> inner.put(
                                        "what",
                                        "certificate "
                                                + event.row().certificate().serial() + " " + event.what())
                                .put("at", event.at())
                                .put("event", event.what().replace(' ', '-'))
                                .put(
                                        "sha256",
                                        event.row().certificate().sha256().hex()))
                .putObjects(
                        "problems",
                        slot.problems(),
                        (inner, problem) -> inner.put(
                                        "code", problem.reason().code().name())
                                .put("severity", problem.warning() ? "warning" : "error")
                                .put("message", problem.reason().message())
                                .put("since", problem.since()));
    }

    private static void facts(Json json, Row row) {
        json.put("serial", row.certificate().serial().toString())
                .put("sha256", row.certificate().sha256().hex())
                .put("subject", row.certificate().subject())
                .put("notBefore", row.certificate().notBefore())
                .put("notAfter", row.certificate().notAfter())
                .put("byHand", row.byHand())
                .putOptional("until", row.until());
    }

    void text(Console console) {
        Table table = new Table();
        table.add(
                "HER-id",
                console.say("purpose"),
                console.say("current until"),
                console.say("days"),
                console.say("parallel"),
                console.say("next"),
                console.say("name"));
        slots.forEach(slot -> row(table, slot, console));
        table.lines().forEach(console.out()::println);
        source.keystores().forEach(keystore -> keystoreLine(keystore, console));
        services.text(console);
        ByHand byHand = ByHand.of(slots);
        byHand.againBefore()
                .ifPresent(end -> console.out()
                        .println(console.say(
                                "installed by hand: {0}; to be done again before {1}",
                                byHand.count(), SyncOutput.day(end))));
        for (Alert alert : alerts) {
            boolean isRoutine = !alert.isError()
                    && alert.herId().isPresent()
                    && alert.daysLeft().isEmpty();
            if (!isRoutine || console.verbosity() > 0) {
                alertLine(alert, console);
            }
        }
        anchors.text(console, source.rows());
        console.out()
                .println(source.lastRun()
                        .map(run -> console.say(
                                "last sync {0}, {1} parties with problems", run.finishedAt(), run.failing()))
                        .orElse(console.say("no sync has been run")));
    }

    private void row(Table table, StatusSlot slot, Console console) {
        table.add(
                slot.herId().toString(),
                console.words(slot.purpose().id()),
                slot.current().map(row -> until(row, console)).orElse(console.bad(console.say("none"))),
                slot.current().map(row -> Long.toString(daysLeft(row))).orElse("-"),
                Integer.toString(slot.of(Role.PARALLEL).size()),
                slot.events().stream()
                        .findFirst()
                        .map(event -> SyncOutput.day(event.at()) + " " + what(event, console))
                        .orElse("-"),
                Escape.text(slot.name()));
    }

    private static String until(Row row, Console console) {
        String day = SyncOutput.day(row.certificate().notAfter());
        return row.byHand() ? console.say("{0} (by hand)", day) : day;
    }

    private static String what(Event event, Console console) {
        String which = switch (event.row().role()) {
            case NEXT -> console.say("next");
            case PARALLEL -> console.say("parallel");
            case CURRENT, NONE -> console.say("current");
        };
        return which + " " + console.words(event.what());
    }

    private static void keystoreLine(KeystoreRow keystore, Console console) {
        console.out()
                .println(console.say(
                                "keystore {0}: {1} entries, generation {2}",
                                Escape.text(keystore.name()), keystore.entries(), keystore.generation())
                        + keystore.hold()
                                .map(hold -> ", " + console.bad(console.say("held")))
                                .orElse(""));
    }

    private static void alertLine(Alert alert, Console console) {
        String label = alert.isError() ? console.say("problem") : console.say("note");
        console.out()
                .println((alert.isError() ? console.bad(label) : label) + " "
                        + alert.code() + ": "
                        + console.words(alert.message()) + " " + console.say("(since {0})", alert.since()));
    }
}
