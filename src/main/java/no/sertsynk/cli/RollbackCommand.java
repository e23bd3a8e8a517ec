package no.sertsynk.cli;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.Escape;
import no.sertsynk.sync.RollbackReport;
import no.sertsynk.sync.RollbackReport.LeftOut;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts an earlier generation's entries back, or lets a held keystore go on. */
@Command(
        name = "rollback",
        description = {
            "Puts sertsynk's entries of an earlier generation back into a keystore and holds it: no run changes it.",
            "With --release the next run brings it up to date again."
        })
final class RollbackCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(paramLabel = "KEYSTORE", description = "the keystore's name in the configuration")
    private String keystore = "";

    @Option(names = "--to", paramLabel = "N", description = "the generation; by default the latest that is kept")
    private @Nullable Integer to;

    @Option(names = "--release", description = "let the keystore go on")
    private boolean release;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        if (release && to != null) {
            throw new UsageException("expected either --to or --release, found both");
        }
        Console console = command.console();
        if (release) {
            boolean wasHeld = command.warnedApplication().release(keystore);
            console.out().println(json ? released(keystore, wasHeld) : text(wasHeld, console));
            return ExitCodes.OK;
        }
        RollbackReport report = command.warnedApplication().rollback(keystore, Optional.ofNullable(to));
        if (json) {
            console.out().println(json(report));
        } else {
            text(report, console);
        }
        return ExitCodes.of(report);
    }

    static String released(String keystore, boolean wasHeld) {
        return Json.object(
                object -> object.put("keystore", keystore).put("held", false).put("changed", wasHeld));
    }

    private String text(boolean wasHeld, Console console) {
        return wasHeld
                ? console.say("{0}: released, the next sync changes it again", Escape.text(keystore))
                : console.say("{0}: was not held", Escape.text(keystore));
    }

    static String json(RollbackReport report) {
        return Json.object(object -> {
            object.put("runId", report.runId())
                    .put("keystore", report.name())
                    .put("path", report.path().toString())
                    .put("restored", report.restored())
                    .put("changed", report.changed())
                    .put("generation", report.generation())
                    .put("entries", report.entries())
                    .putObjects("changes", report.changes(), SyncOutput::change)
                    .putObjects("leftOut", report.leftOut(), RollbackCommand::leftOut);
            SyncOutput.hold(object, report.hold());
            object.putReasons("reasons", report.reasons());
        });
    }

    private static void leftOut(Json object, LeftOut left) {
        object.put("alias", left.entry().alias())
                .put("herId", left.entry().herId().value())
                .put("purpose", left.entry().purpose().id())
                .put("sha256", left.entry().sha256().hex())
                .putReasons("reasons", left.reasons());
    }

    private static void text(RollbackReport report, Console console) {
        if (report.hold().isPresent()) {
            console.out()
                    .println(console.say(
                            "{0}: the entries of generation {1} are back, {2} in all, generation {3}",
                            Escape.text(report.name()), report.restored(), report.entries(), report.generation()));
        }
        Table table = new Table();
        report.changes().forEach(change -> table.add(SyncOutput.changeCells(change, console)));
        table.lines().forEach(line -> console.out().println("  " + line));
        for (LeftOut left : report.leftOut()) {
            left.reasons()
                    .forEach(reason -> console.out()
                            .println("  x "
                                    + console.say(
                                            "{0} left out: {1}",
                                            Escape.text(left.entry().alias()), console.reason(reason))));
        }
        report.reasons().forEach(reason -> console.out().println("  " + console.reason(reason)));
        if (report.hold().isPresent()) {
            console.out()
                    .println(console.say(
                            "The keystore is held: no sync changes it until sertsynk rollback --release {0}",
                            Escape.text(report.name())));
        }
    }
}
