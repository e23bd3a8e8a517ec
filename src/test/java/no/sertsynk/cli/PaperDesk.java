package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import no.sertsynk.model.HerId;
import no.sertsynk.service.admin.Desk;

/** A service with many parties that exist on paper alone, and a run that goes on until it is told to end. */
final class PaperDesk implements Desk {
    private static final String RUN = "00000000-0000-0000-0000-000000000001";
    private static final int UNANSWERED = 40;

    private final int parties;
    private final Instant now;
    private volatile boolean isOver;

    PaperDesk(int parties, Instant now) {
        this.parties = parties;
        this.now = now;
    }

    /** Ends the run. */
    void end() {
        isOver = true;
    }

    private record Slot(int number, String purpose) {}

    private record Alert(
            String about, String code, String severity, Optional<Integer> herId, Optional<String> keystore) {}

    @Override
    public String status(Form form) {
        List<Slot> slots = IntStream.rangeClosed(1, parties)
                .boxed()
                .flatMap(number -> List.of(new Slot(number, "encryption"), new Slot(number, "signature")).stream())
                .toList();
        return Json.object(json -> json.put("at", now)
                .putObjects("parties", slots, this::slot)
                .putObject("lastSync", last -> last.put("finishedAt", now.minusSeconds(300)))
                .putTexts("runs", List.of())
                .putTexts("keystores", List.of())
                .putObjects(
                        "anchors",
                        List.of("CN=Paper Root,O=Paper"),
                        (anchor, subject) -> anchor.put("subject", subject)
                                .put("notAfter", days(20))
                                .put("daysLeft", 20)
                                .put("expiring", true)
                                .putTexts("certificates", List.of()))
                .putObjects(
                        "milestones",
                        List.of("New address of the service"),
                        (milestone, name) -> milestone.put("name", name).put("at", days(90)))
                .putObjects("alerts", alerts(), this::alert));
    }

    private Instant days(long days) {
        return now.plus(Duration.ofDays(days));
    }

    private void slot(Json json, Slot slot) {
        String serial = slot.number() + (slot.purpose().equals("encryption") ? "1" : "2");
        Instant end = days(100 + slot.number() % 600);
        json.put("herId", 100_000 + slot.number())
                .put("name", "Legekontor " + slot.number())
                .put("organizationNumber", String.format("9%08d", slot.number()))
                .put("outcome", slot.number() <= UNANSWERED ? "undetermined" : "unchanged")
                .put("purpose", slot.purpose())
                .putObject(
                        "current",
                        current -> current.put("serial", serial)
                                .put("sha256", serial)
                                .put("subject", "CN=Legekontor " + slot.number())
                                .put("notBefore", end.minus(Duration.ofDays(1095)))
                                .put("notAfter", end)
                                .put("byHand", false))
                .put("daysLeft", 100 + slot.number() % 600)
                .putTexts("parallel", List.of())
                .putTexts("upcoming", List.of())
                .putObjects(
                        "next",
                        List.of(end),
                        (event, at) -> event.put("event", "ends").put("at", at).put("sha256", serial))
                .putTexts("problems", List.of());
    }

    private static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (int number = 1; number <= UNANSWERED; number++) {
            alerts.add(new Alert(
                    "party", "DIRECTORY_UNAVAILABLE", "error", Optional.of(100_000 + number), Optional.empty()));
        }
        alerts.add(new Alert("anchor", "EXPIRED", "warning", Optional.empty(), Optional.empty()));
        alerts.add(new Alert("hold", "GUARD", "warning", Optional.empty(), Optional.of("dit")));
        return alerts;
    }

    private void alert(Json json, Alert alert) {
        json.put("about", alert.about())
                .put("code", alert.code())
                .put("severity", alert.severity())
                .put("message", "as told on paper")
                .put("since", now.minusSeconds(7_200));
        alert.herId().ifPresent(herId -> json.put("herId", herId));
        alert.keystore().ifPresent(keystore -> json.put("keystore", keystore));
    }

    @Override
    public Optional<String> run(String runId, Form form) {
        return Optional.of(Json.object(json -> {
            json.put("runId", RUN)
                    .put("state", isOver ? "ended" : "running")
                    .put("done", isOver ? parties : 370)
                    .put("total", parties)
                    .putTexts("failure", List.of());
            if (isOver) {
                json.putObject(
                        "report",
                        report -> report.putObject(
                                "summary",
                                summary -> summary.put("updated", 2)
                                        .put("rejected", 0)
                                        .put("undetermined", 0)
                                        .put("failed", 0)));
            }
        }));
    }

    @Override
    public String refresh(RefreshOrder order) {
        return RUN;
    }

    @Override
    public String history(Optional<HerId> party, Form form) {
        return "{\"changes\":[]}";
    }

    @Override
    public String parties() {
        return "{\"parties\":[]}";
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public Readiness readiness() {
        return new Readiness(true, "{\"status\":\"ready\",\"sync\":\"ok\"}");
    }

    @Override
    public Figures metrics() {
        return new Figures("text/plain", "");
    }

    @Override
    public String rollback(RollbackOrder order) {
        return "{}";
    }
}
