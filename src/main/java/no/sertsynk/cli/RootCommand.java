package no.sertsynk.cli;

import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.app.Application;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.Main.Context;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command shares. */
@Command(
        name = "sertsynk",
        description = "Keeps the organisation certificates that Adresseregisteret names in the local keystores.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        subcommands = {
            SyncCommand.class,
            PlanCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            ImportCommand.class,
            InspectCommand.class,
            ValidateCommand.class,
            ConfigCommand.class,
            DemoCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 all well; 1 something was rejected, undetermined or failed; 2 usage or configuration;",
            "3 the register could not be asked; 4 a guard withheld something; 10 changes are due (plan --exit-code)."
        })
final class RootCommand implements Runnable {
    private final Context context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "the configuration file")
    private @Nullable Path config;

    @Option(names = "--lang", paramLabel = "nb|en", description = "the language of text output")
    private @Nullable String language;

    @Option(names = "-v", description = "tell more")
    private boolean verbose;

    @Option(names = "-q", description = "tell results only")
    private boolean quiet;

    @Option(names = "--color", paramLabel = "auto|always|never", defaultValue = "auto", description = "use colours")
    private String color = "auto";

    RootCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        throw usage("expected a command; sertsynk --help lists them");
    }

    ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec");
        }
        return new ParameterException(spec.commandLine(), message);
    }

    Context context() {
        return context;
    }

    Console console() {
        if (language != null && !language.equals("nb") && !language.equals("en")) {
            throw usage("--lang: expected nb or en, found '" + language + "'");
        }
        String locale = variable("LC_ALL")
                .or(() -> variable("LC_MESSAGES"))
                .or(() -> variable("LANG"))
                .orElse("");
        boolean norwegian = language == null ? Console.isNorwegian(locale) : language.equals("nb");
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Console(
                context.out(),
                context.err(),
                colour(terminal),
                terminal && !quiet,
                norwegian,
                verbose ? 1 : quiet ? -1 : 0);
    }

    private boolean colour(boolean terminal) {
        return switch (color) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> {
                boolean refused =
                        variable("NO_COLOR").filter(value -> !value.isEmpty()).isPresent();
                boolean forced = variable("CLICOLOR_FORCE")
                        .filter(value -> !value.isEmpty() && !value.equals("0"))
                        .isPresent();
                boolean dumb = variable("TERM").orElse("dumb").equals("dumb");
                yield !refused && (forced || (terminal && !dumb));
            }
            default -> throw usage("--color: expected auto, always or never, found '" + color + "'");
        };
    }

    private Optional<String> variable(String name) {
        return context.environment().apply(name);
    }

    Path configurationFile() {
        if (config != null) {
            return config;
        }
        return Path.of(variable("SERTSYNK_CONFIG").orElse("/etc/sertsynk/sertsynk.yaml"));
    }

    Configuration configuration() throws UsageException {
        return loadedConfiguration().configuration();
    }

    /** The configuration with its warnings, for commands that tell them. */
    ConfigurationResult.Loaded loadedConfiguration() throws UsageException {
        return Application.configuration(configurationFile(), context.environment());
    }

    Application application() throws UsageException {
        return Application.of(configuration(), context.clock(), context.environment());
    }

    /** The configuration if one was named or lies at the default place; some commands do without. */
    Optional<Configuration> optionalConfiguration() throws UsageException {
        boolean named = config != null || variable("SERTSYNK_CONFIG").isPresent();
        return named || java.nio.file.Files.exists(configurationFile())
                ? Optional.of(configuration())
                : Optional.empty();
    }

    /** Tells the version of the program. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {"sertsynk " + (version == null ? "(development)" : version)};
        }
    }
}
