package no.sertsynk.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import no.sertsynk.app.Application;
import no.sertsynk.app.RunningDaemon;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.Main.Context;
import no.sertsynk.cli.language.Language;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationResult;
import no.sertsynk.model.Escape;
import no.sertsynk.service.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that every command shares. */
@Command(
        name = "sertsynk",
        description = "Keeps the organisation certificates that Adresseregisteret names in the local keystores.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        scope = ScopeType.INHERIT,
        footer = {
            "",
            "Exit codes: 0 all well; 1 something was rejected, undetermined or failed, also unexpectedly;",
            "2 usage or configuration; 3 the register could not be asked; 4 a guard withheld something;",
            "10 changes are due (plan --exit-code)."
        })
final class RootCommand implements Callable<Integer> {
    private static final List<Class<?>> COMMANDS = List.of(
            SyncCommand.class,
            PlanCommand.class,
            DaemonCommand.class,
            RefreshCommand.class,
            StatusCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            InspectCommand.class,
            ValidateCommand.class,
            TrustCommand.class,
            ProbeCommand.class,
            SniCheckCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            DemoCommand.class);

    private final Context context;
    private final Language spoken;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the configuration file; else $SERTSYNK_CONFIG, else /etc/sertsynk/sertsynk.yaml")
    private @Nullable Path config;

    @Option(
            names = "--lang",
            paramLabel = "nb|en",
            scope = ScopeType.INHERIT,
            description = "the language of text output; else that of the locale")
    private @Nullable String language;

    @Option(names = "-v", scope = ScopeType.INHERIT, description = "tell more")
    private boolean verbose;

    @Option(names = "-q", scope = ScopeType.INHERIT, description = "tell problems only")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            scope = ScopeType.INHERIT,
            description = "use colours; auto: on a terminal, unless $NO_COLOR is set")
    private String color = "auto";

    RootCommand(Context context, Language spoken) {
        this.context = context;
        this.spoken = spoken;
    }

    /**
     * The language that the arguments name, else that of the locale. It is needed before the arguments are understood, since
     * what is wrong with them is told in it too.
     */
    static Language language(List<String> arguments, Function<String, Optional<String>> environment) {
        String named = "";
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith("--lang=")) {
                named = arguments.get(i).substring("--lang=".length());
            } else if (arguments.get(i).equals("--lang") && i + 1 < arguments.size()) {
                named = arguments.get(i + 1);
            }
        }
        return Language.parse(named)
                .orElseGet(() -> Language.ofLocale(Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                        .flatMap(name -> environment.apply(name).filter(value -> !value.isEmpty()).stream())
                        .findFirst()
                        .orElse("")));
    }

    /** A message from elsewhere in the language of the people, escaped. */
    String words(String message) {
        return Escape.text(spoken.words(message));
    }

    /**
     * The command line that those arguments are for. Models of commands that the arguments do not name are left out, since
     * making all of them takes longer than a short command does; where none is named, or help is asked for, all are there.
     */
    static CommandLine commandLine(RootCommand root, List<String> arguments) {
        boolean help = arguments.contains("--help") || arguments.contains("-h");
        List<Class<?>> named = COMMANDS.stream()
                .filter(type -> !help && arguments.contains(name(type)))
                .toList();
        CommandLine line = new CommandLine(root);
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** Without a command there is nothing to do but to tell which there are. */
    @Override
    public Integer call() {
        spec().commandLine().usage(context.err());
        return ExitCodes.USAGE;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    boolean isVerbose() {
        return verbose;
    }

    Context context() {
        return context;
    }

    Console console() {
        if (language != null && Language.parse(language).isEmpty()) {
            throw usage("--lang: expected nb or en, found '" + language + "'");
        }
        if (verbose && quiet) {
            throw usage("expected one of -v and -q, found both");
        }

        return context.console(spoken, isColoured(), verbose ? 1 : quiet ? -1 : 0);
    }

    private boolean isColoured() {
        return switch (color) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> context.isColoured();
            default -> throw usage("--color: expected auto, always or never, found '" + color + "'");
        };
    }

    Path configurationFile() {
        return config != null ? config : context.configurationFile();
    }

    Configuration configuration() throws UsageException {
        return loadedConfiguration().configuration();
    }

    /** The configuration with its warnings, for commands that tell them. */
    ConfigurationResult.Loaded loadedConfiguration() throws UsageException {
        return Application.configuration(configurationFile(), context.environment());
    }

    /** The background service of the configuration, if it is running. */
    Optional<AdminClient> daemon() throws UsageException {
        return RunningDaemon.find(configurationFile(), context.environment());
    }

    Application application() throws UsageException {
        return application(configuration());
    }

    /** The application for a run, which tells on standard error what is doubtful in its configuration. */
    Application warnedApplication() throws UsageException {
        ConfigurationResult.Loaded loaded = loadedConfiguration();
        if (!quiet) {
            loaded.warnings().forEach(warning -> context.err().println(words(warning.toString())));
        }
        return application(loaded.configuration());
    }

    /** The application of a configuration that has been read. */
    Application application(Configuration configuration) {
        return Application.of(configuration, context.clock(), context.environment());
    }

    /** The configuration if one was named or lies at the default place; some commands do without. */
    Optional<Configuration> optionalConfiguration() throws UsageException {
        return isConfigurationNamed() || Files.exists(configurationFile())
                ? Optional.of(configuration())
                : Optional.empty();
    }

    private boolean isConfigurationNamed() {
        return config != null || context.variable("SERTSYNK_CONFIG").isPresent();
    }

    /** The same, but one at the default place that this user cannot use is as none; that is told on standard error. */
    Optional<Configuration> usableConfiguration() throws UsageException {
        try {
            return optionalConfiguration();
        } catch (UsageException e) {
            if (isConfigurationNamed()) {
                throw e;
            }
            if (!quiet) {
                context.err()
                        .println(words("the configuration " + configurationFile()
                                + " cannot be used here; only the hosts of known authorities are asked"));
            }
            return Optional.empty();
        }
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
