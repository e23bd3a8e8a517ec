package no.sertsynk.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import no.sertsynk.app.Daemon;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.Main.Context;
import no.sertsynk.config.ConfigurationResult;
import no.sertsynk.service.systemd.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Runs the background service until it is told to end. */
@Command(
        name = "daemon",
        description = {
            "Runs the background service: syncs at once and by its schedule, and answers at admin.listen.",
            "SIGHUP makes it read its configuration again, SIGTERM ends it."
        })
final class DaemonCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws UsageException, InterruptedException {
        RootCommand command = Objects.requireNonNull(root);
        Context context = command.context();
        ConfigurationResult.Loaded loaded = command.loadedConfiguration();
        loaded.warnings().forEach(warning -> context.err().println(command.words(warning.toString())));
        Daemon.Start start = new Daemon.Start(
                command.configurationFile(),
                context.clock(),
                context.environment(),
                new DaemonAnswers(context.clock()));
        try (Daemon daemon = Daemon.start(start, loaded.configuration())) {
            Signals.onStop(daemon::stop);
            Signals.onReload(daemon::reload);
            daemon.announce();
            daemon.awaitStop();
        }
        return ExitCodes.OK;
    }
}
