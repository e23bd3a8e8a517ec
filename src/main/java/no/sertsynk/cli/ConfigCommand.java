package no.sertsynk.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks at the configuration. */
@Command(name = "config", description = "Looks at the configuration.", subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws UsageException {
        throw new UsageException("expected 'config check'");
    }

    /** Tells every mistake with its line. */
    @Command(name = "check", description = "Reads the configuration and tells every mistake with its line.")
    static final class Check implements Callable<Integer> {
        @ParentCommand
        private @Nullable ConfigCommand config;

        @Override
        public Integer call() throws UsageException {
            RootCommand root = Objects.requireNonNull(Objects.requireNonNull(config).root);
            Configuration configuration = root.configuration();
            Console console = root.console();
            console.out()
                    .println(root.configurationFile() + ": " + console.say("no mistakes", "ingen feil") + " ("
                            + configuration.environment() + ")");
            for (String missing : configuration.missingForSync()) {
                console.out().println(console.say("sync also needs: ", "sync trenger også: ") + missing);
            }
            return ExitCodes.OK;
        }
    }
}
