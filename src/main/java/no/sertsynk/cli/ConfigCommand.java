package no.sertsynk.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationResult;
import no.sertsynk.config.Mistake;
import no.sertsynk.model.Escape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks at the configuration. */
@Command(name = "config", description = "Looks at the configuration.", subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Objects.requireNonNull(spec)
                .commandLine()
                .usage(Objects.requireNonNull(root).context().err());
        return ExitCodes.USAGE;
    }

    /** Tells every mistake with its line. */
    @Command(name = "check", description = "Reads the configuration and tells every mistake with its line.")
    static final class Check implements Callable<Integer> {
        @ParentCommand
        private @Nullable ConfigCommand config;

        @Override
        public Integer call() throws UsageException {
            RootCommand root = Objects.requireNonNull(Objects.requireNonNull(config).root);
            ConfigurationResult.Loaded loaded = root.loadedConfiguration();
            Configuration configuration = loaded.configuration();
            Console console = root.console();
            List<String> registerWarnings = root.application(configuration).registerWarnings();
            console.out()
                    .println(console.say(
                            "{0}: no mistakes ({1})",
                            Escape.text(root.configurationFile().toString()), configuration.environment()));
            for (Mistake warning : loaded.warnings()) {
                console.out().println(console.say("warning: {0}", console.words(warning.toString())));
            }
            for (String warning : registerWarnings) {
                console.out().println(console.say("warning: {0}", console.words(warning)));
            }
            for (String missing : configuration.missingForSync()) {
                console.out().println(console.say("sync also needs: {0}", missing));
            }
            return ExitCodes.OK;
        }
    }
}
