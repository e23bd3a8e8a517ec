package no.sertsynk.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.app.Application;
import no.sertsynk.app.Authorities;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.StatusAlerts.Alert;
import no.sertsynk.state.SqliteStatus;

/** The status of a state at a time. */
final class StatusView {
    private final Application application;
    private final Instant now;

    StatusView(Application application, Instant now) {
        this.application = application;
        this.now = now;
    }

    /** Writes it to the console's results. */
    void show(boolean json, Console console) throws UsageException {
        Optional<String> text = read(output -> {
            if (json) {
                return output.json();
            }
            output.text(console);
            return "";
        });
        if (json) {
            console.out().println(text.orElseGet(this::nothing));
        } else if (text.isEmpty()) {
            console.out().println(console.say("no sync has been run"));
        }
    }

    private String nothing() {
        return Json.object(json -> {
            json.put("at", now).putTexts("parties", List.of()).putOptional("lastSync", Optional.empty());
            for (String name : List.of("runs", "keystores", "services", "milestones", "anchors", "alerts")) {
                json.putTexts(name, List.of());
            }
            json.putObject("byHand", inner -> inner.put("count", 0L).putOptional("againBefore", Optional.empty()));
        });
    }

    String partiesJson() throws UsageException {
        return read(StatusOutput::partiesJson).orElse("{\"parties\":[]}");
    }

    List<Alert> alerts() throws UsageException {
        return read(StatusOutput::alerts).orElse(List.of());
    }

    /** Empty before the first run. */
    private <T> Optional<T> read(Function<StatusOutput, T> reading) throws UsageException {
        Optional<SqliteStatus> opened = application.status();
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (SqliteStatus status = opened.get()) {
            Authorities authorities = application.authorities();
            AnchorOutput anchors = new AnchorOutput(
                    authorities.anchors().certificates(),
                    authorities.expiring(status::certificates, now),
                    authorities.mistakes(),
                    now);
            return Optional.of(reading.apply(
                    new StatusOutput(status, application.settings(), anchors, application::keptGenerations, now)));
        }
    }
}
