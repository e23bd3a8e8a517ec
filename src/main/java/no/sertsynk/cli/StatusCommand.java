package no.sertsynk.cli;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.UsageException;
import no.sertsynk.service.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What is installed, as the last run left it. */
@Command(name = "status", description = "Shows what is installed, until when, and what comes next.")
final class StatusCommand implements Callable<Integer> {
    /** Where the service answers it. */
    static final String PATH = "/api/v1/status";

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Option(names = "--local", description = "read the state here, also if a daemon is running")
    private boolean local;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        Optional<AdminClient> daemon = local ? Optional.empty() : command.daemon();
        if (daemon.isPresent()) {
            DaemonReply.show(daemon.get(), PATH, json, console);
            return ExitCodes.OK;
        }
        Application application = command.application();
        StatusView view = new StatusView(application, command.context().clock().instant());
        view.show(json, console);
        return ExitCodes.OK;
    }
}
