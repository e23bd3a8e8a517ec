package no.sertsynk.cli;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.sync.StatusSource.HistoryLine;
import no.sertsynk.sync.StatusSource.HistoryRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What was changed, by whom, when and why. */
@Command(name = "history", description = "Shows what was changed, by whom, when and why; the latest first.")
final class HistoryCommand implements Callable<Integer> {
    private static final int LIMIT = 1000;

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--party", paramLabel = "HERID", description = "this party alone")
    private @Nullable String party;

    @Option(names = "--local", description = "read the state here, also if a daemon is running")
    private boolean local;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Optional<HerId> herId = Optional.empty();
        if (party != null) {
            herId = HerId.parse(party);
            if (herId.isEmpty()) {
                throw new UsageException("--party: expected a HER-id, found '" + party + "'");
            }
        }
        Console console = command.console();
        Optional<AdminClient> daemon = local ? Optional.empty() : command.daemon();
        if (daemon.isPresent()) {
            String path = "/api/v1/history" + herId.map(id -> "?party=" + id).orElse("");
            DaemonReply.show(daemon.get(), path, json, console);
        } else {
            show(command.application(), herId, json, console);
        }
        return ExitCodes.OK;
    }

    /** Writes the history to the console's results. */
    static void show(Application application, Optional<HerId> herId, boolean json, Console console)
            throws UsageException {
        List<HistoryRow> rows = List.of();
        Optional<SqliteStatus> opened = application.status();
        if (opened.isPresent()) {
            try (SqliteStatus status = opened.get()) {
                rows = status.history(herId, LIMIT);
            }
        }
        print(rows, json, console);
    }

    private static void print(List<HistoryRow> rows, boolean json, Console console) {
        if (json) {
            console.out().println(Json.object(all -> all.putObjects("changes", rows, HistoryCommand::json)));
            return;
        }
        Table table = new Table();
        for (HistoryRow row : rows) {
            table.add(
                    row.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    console.words(row.actor()),
                    console.words(row.action()),
                    Escape.text(row.keystore()),
                    Escape.text(row.line().map(HistoryLine::alias).orElse("-")),
                    console.words(row.reason()));
            row.output().lines().forEach(line -> table.add("", "", "", "", "", "  | " + Escape.text(line)));
        }
        table.lines().forEach(console.out()::println);
    }

    private static void json(Json object, HistoryRow row) {
        object.put("at", row.at())
                .put("runId", row.runId())
                .put("actor", row.actor())
                .put("keystore", row.keystore())
                .put("generation", row.generation())
                .put("action", row.action());
        row.line()
                .ifPresent(line -> object.put("alias", line.alias())
                        .put("herId", line.herId().value())
                        .put("purpose", line.purpose().id())
                        .put("sha256", line.sha256().hex())
                        .put("subject", line.subject()));
        object.put("reason", row.reason());
        if (!row.output().isEmpty()) {
            object.put("output", row.output());
        }
    }
}
