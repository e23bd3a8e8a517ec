package no.sertsynk.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.sync.SyncReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The same as {@code sync --dry-run}. */
@Command(name = "plan", description = "Shows what sync would change, and why; writes nothing.")
final class PlanCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--party", paramLabel = "HERID", description = "look at this party alone; may be repeated")
    private List<String> parties = List.of();

    @Option(
            names = "--force",
            paramLabel = "GUARD",
            split = ",",
            description = "go on past max-change, empty-register, clock")
    private List<String> force = List.of();

    @Option(names = "--at", paramLabel = "INSTANT", description = "plan as of this time")
    private @Nullable String at;

    @Option(names = "--exit-code", description = "exit with 10 if changes are due")
    private boolean exitCode;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        SyncReport report = new SyncCommand.Runner(Objects.requireNonNull(root), json)
                .run(SyncCommand.order(parties, true, force, Optional.empty(), at));
        return ExitCodes.of(report, exitCode);
    }
}
