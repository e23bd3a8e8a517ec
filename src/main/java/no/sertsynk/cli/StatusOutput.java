package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.cli.AnchorOutput.Alert;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.StatusSource.Problem;
import no.sertsynk.sync.StatusSource.Row;

/** What is installed and what comes next, as JSON and as text. */
final class StatusOutput {
    private final StatusSource source;
    private final AnchorOutput anchors;
    private final Instant now;

    StatusOutput(StatusSource source, AnchorOutput anchors, Instant now) {
        this.source = source;
        this.anchors = anchors;
        this.now = now;
    }

    /** A party and purpose with its certificates. */
    private record Slot(List<Row> rows, List<Problem> problems) {
        Row first() {
            return rows.getFirst();
        }

        List<Row> of(Role role) {
            return rows.stream().filter(row -> row.role() == role).toList();
        }

        Optional<Row> current() {
            return of(Role.CURRENT).stream().findFirst();
        }
    }

    private List<Slot> slots() {
        List<Problem> problems = source.problems();
        Map<String, List<Row>> grouped = new LinkedHashMap<>();
        for (Row row : source.rows()) {
            grouped.computeIfAbsent(row.herId() + " " + row.purpose(), key -> new ArrayList<>())
                    .add(row);
        }
        return grouped.values().stream()
                .map(rows -> new Slot(
                        rows,
                        problems.stream()
                                .filter(problem ->
                                        problem.herId().equals(rows.getFirst().herId()))
                                .toList()))
                .toList();
    }

    private long daysLeft(Row row) {
        return Duration.between(now, row.certificate().notAfter()).toDays();
    }

    String json() {
        return Json.object(json -> {
            json.putObjects("parties", slots(), this::slot);
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
            json.putObjects(
                    "keystores",
                    source.keystores(),
                    (inner, keystore) -> inner.put("name", keystore.name())
                            .put("path", keystore.path())
                            .put("generation", keystore.generation())
                            .put("entries", keystore.entries())
                            .putOptional("problem", keystore.problem()));
            List<Row> rows = source.rows();
            anchors.json(json, rows);
            json.putObjects(
                    "alerts",
                    alerts(rows),
                    (inner, alert) -> inner.put("code", alert.code().name())
                            .put("severity", alert.isError() ? "error" : "warning")
                            .put("message", alert.message())
                            .put("since", alert.since()));
        });
    }

    private List<Alert> alerts(List<Row> rows) {
        List<Alert> alerts = new ArrayList<>();
        source.problems()
                .forEach(problem -> alerts.add(new Alert(
                        problem.reason().code(),
                        !problem.warning(),
                        "HER-id " + problem.herId() + ": " + problem.reason().message(),
                        problem.since())));
        alerts.addAll(anchors.alerts(rows));
        return alerts;
    }

    private void slot(Json json, Slot slot) {
        json.put("herId", slot.first().herId().value())
                .put("name", slot.first().name())
                .put("purpose", slot.first().purpose().id());
        if (slot.current().isPresent()) {
            json.putObject("current", inner -> facts(inner, slot.current().get()));
            json.put("daysLeft", daysLeft(slot.current().get()));
        } else {
            json.putOptional("current", Optional.empty()).putOptional("daysLeft", Optional.empty());
        }
        json.putObjects("parallel", slot.of(Role.PARALLEL), StatusOutput::facts)
                .putObjects(
                        "next",
                        slot.of(Role.NEXT),
                        (inner, row) -> inner.put(
                                        "what",
                                        "certificate " + row.certificate().serial() + " becomes valid")
                                .put("at", row.certificate().notBefore()))
                .putObjects(
                        "problems",
                        slot.problems(),
                        (inner, problem) -> inner.put(
                                        "code", problem.reason().code().name())
                                .put("message", problem.reason().message())
                                .put("since", problem.since()));
    }

    private static void facts(Json json, Row row) {
        json.put("serial", row.certificate().serial().toString())
                .put("sha256", row.certificate().sha256().hex())
                .put("subject", row.certificate().subject())
                .put("notBefore", row.certificate().notBefore())
                .put("notAfter", row.certificate().notAfter())
                .putOptional("until", row.until());
    }

    void text(Console console) {
        Table table = new Table();
        table.add(
                "HER-id",
                console.say("purpose", "formål"),
                console.say("current until", "gjeldende til"),
                console.say("days", "dager"),
                console.say("parallel", "parallelle"),
                console.say("next", "neste"),
                console.say("name", "navn"));
        for (Slot slot : slots()) {
            table.add(
                    slot.first().herId().toString(),
                    slot.first().purpose().id(),
                    slot.current()
                            .map(row -> SyncOutput.day(row.certificate().notAfter()))
                            .orElse(console.bad(console.say("none", "ingen"))),
                    slot.current().map(row -> Long.toString(daysLeft(row))).orElse("-"),
                    Integer.toString(slot.of(Role.PARALLEL).size()),
                    slot.of(Role.NEXT).stream()
                            .findFirst()
                            .map(row -> SyncOutput.day(row.certificate().notBefore()))
                            .orElse("-"),
                    Escape.text(slot.first().name()));
        }
        table.lines().forEach(console.out()::println);
        for (StatusSource.KeystoreRow keystore : source.keystores()) {
            console.out()
                    .println(console.say("keystore ", "nøkkellager ") + Escape.text(keystore.name()) + ": "
                            + keystore.entries() + " " + console.say("entries, generation ", "innslag, generasjon ")
                            + keystore.generation()
                            + keystore.problem()
                                    .map(problem -> " " + console.bad(Escape.text(problem.toString())))
                                    .orElse(""));
        }
        for (Problem problem : source.problems()) {
            if (!problem.warning() || console.verbosity() > 0) {
                console.out()
                        .println(problem.herId() + " "
                                + Escape.text(problem.reason().toString()) + " (" + console.say("since ", "siden ")
                                + problem.since() + ")");
            }
        }
        anchors.text(console, source.rows());
        console.out()
                .println(source.lastRun()
                        .map(run -> console.say("last sync ", "siste synk ") + run.finishedAt() + ", " + run.failing()
                                + " " + console.say("parties with problems", "parter med problemer"))
                        .orElse(console.say("no sync has been run", "ingen synk er kjørt")));
    }
}
