package no.sertsynk.cli;

import java.util.List;
import java.util.Optional;
import no.sertsynk.cli.ImportOutput.Row;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sync.SyncReport;

/** Which certificates were taken back, and what a run then did, as JSON and as text. */
record TakeBackOutput(HerId herId, List<Row> rows, Optional<SyncReport> report) {
    String json() {
        return Json.object(json -> {
            json.put("herId", herId.value()).putObjects("removed", rows, TakeBackOutput::row);
            report.ifPresent(run -> json.putObject("sync", inner -> SyncOutput.content(inner, run)));
        });
    }

    private static void row(Json json, Row row) {
        json.put("file", row.file())
                .put("removed", row.reasons().isEmpty())
                .putOptional("serial", row.certificate().map(PartnerCertificate::serial))
                .putOptional("sha256", row.certificate().map(PartnerCertificate::sha256))
                .putReasons("reasons", row.reasons());
    }

    void text(Console console) {
        Table table = new Table();
        for (Row row : rows) {
            table.add(
                    row.reasons().isEmpty()
                            ? console.good(console.say("taken back"))
                            : console.bad(console.say("refused")),
                    Escape.text(row.file()),
                    Escape.text(
                            row.certificate().map(PartnerCertificate::toString).orElse("")));
            row.reasons().forEach(reason -> table.add("", "  " + console.reason(reason)));
        }
        table.lines().forEach(console.out()::println);
        report.ifPresent(run -> SyncOutput.keystores(run, console));
    }
}
