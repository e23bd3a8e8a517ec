package no.sertsynk.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.service.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes the running service sync now. */
@Command(
        name = "refresh",
        description = {
            "Makes the running daemon sync now.",
            "The request is answered by a sync that starts after it; with --wait this ends as that sync does."
        })
final class RefreshCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--party", paramLabel = "HERID", description = "touch this party alone; may be repeated")
    private List<String> parties = List.of();

    @Option(names = "--wait", description = "wait for the sync, show its progress and its report")
    private boolean wait;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        AdminClient daemon = command.daemon()
                .orElseThrow(() -> new UsageException("no daemon is running with the configuration "
                        + command.configurationFile() + "; start it, or run sertsynk sync"));
        DaemonRun run = new DaemonRun(daemon, console, json);
        String runId = run.request(SyncCommand.order(parties, false, List.of(), Optional.empty(), null));
        if (wait) {
            return run.await(runId);
        }
        console.out()
                .println(
                        json
                                ? Json.object(object -> object.put("runId", runId))
                                : console.say("asked for sync {0}", runId));
        return ExitCodes.OK;
    }
}
