package no.sertsynk.cli;

import no.sertsynk.app.doctor.Diagnosis;
import no.sertsynk.app.doctor.Diagnosis.Line;
import no.sertsynk.app.doctor.Finding;

/** What doctor has found, as text and as JSON. */
final class DoctorOutput {
    private DoctorOutput() {}

    static String json(Diagnosis diagnosis) {
        return Json.object(object -> object.putObjects("checks", diagnosis.lines(), DoctorOutput::line)
                .putObject(
                        "summary",
                        summary -> summary.put("ok", diagnosis.oks())
                                .put("warning", diagnosis.warnings())
                                .put("error", diagnosis.errors())));
    }

    private static void line(Json json, Line line) {
        json.put("check", line.topic());
        switch (line.finding()) {
            case Finding.Ok(String message) ->
                json.put("status", "ok").put("message", message).put("remedy", "");
            case Finding.Warning(String message, String remedy) ->
                json.put("status", "warning").put("message", message).put("remedy", remedy);
            case Finding.Error(String message, String remedy) ->
                json.put("status", "error").put("message", message).put("remedy", remedy);
        }
    }

    static void text(Diagnosis diagnosis, Console console) {
        Table table = new Table();
        for (Line line : diagnosis.lines()) {
            switch (line.finding()) {
                case Finding.Ok(String message) -> {
                    if (!console.isQuiet()) {
                        table.add(console.good(console.say("ok")), line.topic(), console.words(message));
                    }
                }
                case Finding.Warning(String message, String remedy) -> {
                    table.add(console.say("warning"), line.topic(), console.words(message));
                    table.add("", "", "  -> " + console.words(remedy));
                }
                case Finding.Error(String message, String remedy) -> {
                    table.add(console.bad(console.say("error")), line.topic(), console.words(message));
                    table.add("", "", "  -> " + console.words(remedy));
                }
            }
        }
        table.lines().forEach(console.out()::println);
        console.out()
                .println(console.say(
                        "{0} ok, {1} warnings, {2} errors", diagnosis.oks(), diagnosis.warnings(), diagnosis.errors()));
    }
}
