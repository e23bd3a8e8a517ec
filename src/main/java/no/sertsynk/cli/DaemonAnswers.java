package no.sertsynk.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import no.sertsynk.app.Application;
import no.sertsynk.app.DaemonViews;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.language.Language;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.service.admin.Desk.Form;
import no.sertsynk.service.schedule.RunStatus;
import no.sertsynk.sync.RollbackReport;

/** Words the service's answers as the commands do. */
final class DaemonAnswers implements DaemonViews {
    private final Clock clock;

    DaemonAnswers(Clock clock) {
        this.clock = clock;
    }

    private interface Writing {
        void to(Console console) throws UsageException;
    }

    private static String written(Form form, Writing writing) throws UsageException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            Language language = form.norwegian() ? Language.NORWEGIAN : Language.ENGLISH;
            writing.to(new Console(out, out, form.colour(), false, language, form.verbosity()));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String status(Application application, Form form) throws UsageException {
        return shown(form, console -> new StatusView(application, clock.instant()).show(form.json(), console));
    }

    /** JSON is one line, without its end. */
    private static String shown(Form form, Writing writing) throws UsageException {
        String text = written(form, writing);
        return form.json() ? text.strip() : text;
    }

    @Override
    public String parties(Application application) throws UsageException {
        return new StatusView(application, clock.instant()).partiesJson();
    }

    @Override
    public String history(Application application, Optional<HerId> party, Form form) throws UsageException {
        return shown(form, console -> HistoryCommand.show(application, party, form.json(), console));
    }

    @Override
    public String run(RunStatus run, Form form) {
        return form.json() ? json(run) : text(run, form);
    }

    private static String text(RunStatus run, Form form) {
        try {
            return written(form, console -> run.report().ifPresent(report -> SyncOutput.text(report, console)));
        } catch (UsageException e) {
            throw new IllegalStateException("a report can always be written", e);
        }
    }

    private static String json(RunStatus run) {
        return Json.object(object -> {
            object.put("runId", run.runId())
                    .put("state", run.state().id())
                    .put("done", run.done())
                    .put("total", run.total());
            if (run.isOver()) {
                object.put("exitCode", exitCode(run));
            } else {
                object.putOptional("exitCode", Optional.empty());
            }
            object.putTexts("failure", run.failure());
            run.report().ifPresent(report -> object.putObject("report", inner -> SyncOutput.content(inner, report)));
        });
    }

    private static int exitCode(RunStatus run) {
        return run.report().map(report -> ExitCodes.of(report, false)).orElse(ExitCodes.USAGE);
    }

    @Override
    public String rollback(RollbackReport report) {
        return RollbackCommand.json(report);
    }

    @Override
    public String released(String keystore, boolean wasHeld) {
        return RollbackCommand.released(keystore, wasHeld);
    }

    @Override
    public List<String> alerts(Application application) throws UsageException {
        return new StatusView(application, clock.instant())
                .alerts().stream()
                        .map(alert -> alert.code() + " " + Escape.text(alert.message()))
                        .toList();
    }
}
