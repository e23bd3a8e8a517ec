package no.sertsynk.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.config.Configuration.Party;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a configuration file and tells every mistake at once, each with its place. Each section has a reader of its own. */
public final class ConfigurationReader {
    private final Values values;
    private final Crons crons;
    private final Optional<Path> standIn;

    /** @param standIn for a state folder that is not named */
    private ConfigurationReader(Values values, Crons crons, Optional<Path> standIn) {
        this.values = values;
        this.crons = crons;
        this.standIn = standIn;
    }

    /** Knows what a cron expression may look like. */
    public interface Crons {
        /** What is wrong with the expression; empty if nothing is. */
        Optional<String> mistake(String expression);
    }

    /**
     * Reads the file.
     *
     * @param environment looks up environment variables that the file names
     */
    public static ConfigurationResult read(Path file, Function<String, Optional<String>> environment, Crons crons) {
        Mistakes mistakes = new Mistakes(file);
        Optional<Node> node = YamlFile.read(file, mistakes);
        ConfigurationReader reader = new ConfigurationReader(values(file, environment), crons, Optional.empty());
        Optional<Configuration> configuration =
                node.flatMap(root -> reader.bind(Section.document(ConfigurationKeys.ALL, root, mistakes)));
        return configuration.isPresent() && mistakes.isEmpty()
                ? new ConfigurationResult.Loaded(configuration.get(), mistakes.warningsInOrder())
                : new ConfigurationResult.Refused(mistakes.inOrder());
    }

    /**
     * As much as can be made of the file in spite of its mistakes, for whoever looks for mistakes. Sections with a mistake
     * lack what is wrong in them.
     *
     * @param state stands in for a state folder that the file does not name
     */
    public static Examined examine(Path file, Function<String, Optional<String>> environment, Crons crons, Path state) {
        Mistakes mistakes = new Mistakes(file);
        Values values = values(file, environment);
        Optional<Node> node = YamlFile.read(file, mistakes);
        ConfigurationReader reader = new ConfigurationReader(values, crons, Optional.of(state));
        Optional<Configuration> configuration =
                node.flatMap(root -> reader.bind(Section.document(ConfigurationKeys.ALL, root, mistakes)));
        return new Examined(
                configuration,
                mistakes.inOrder(),
                mistakes.warningsInOrder(),
                node.map(root -> new SecretFiles(values).in(root)).orElse(List.of()));
    }

    /**
     * A configuration that may have mistakes.
     *
     * @param configuration empty if the file cannot be read, or lacks a section that all else hangs on
     * @param secretFiles the files that it keeps secrets in
     */
    public record Examined(
            Optional<Configuration> configuration,
            List<Mistake> mistakes,
            List<Mistake> warnings,
            List<SecretFile> secretFiles) {}

    /** @param key with its section, such as {@code register.soap.passwordFile} */
    public record SecretFile(String key, Path path) {}

    /**
     * The file for others to read: without comments, and without every value that is or might be a secret. Empty if it
     * cannot be read as YAML.
     */
    public static Optional<String> masked(Path file) {
        return YamlFile.read(file, new Mistakes(file)).map(MaskedText::of);
    }

    private static Values values(Path file, Function<String, Optional<String>> environment) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        return new Values(folder, new Variables(environment));
    }

    /**
     * What a client of the background service needs, without the rest and its secrets, which the client's user may not be
     * allowed to read.
     *
     * @return empty if these keys have mistakes
     */
    public static Optional<ServiceAddress> address(Path file, Function<String, Optional<String>> environment) {
        Mistakes mistakes = new Mistakes(file);
        Values values = values(file, environment);
        return YamlFile.read(file, mistakes).flatMap(node -> {
            Section root = Section.document(ConfigurationKeys.ALL, node, mistakes);
            Optional<Path> state = values.path(root, "state");
            Optional<Configuration.Admin> admin =
                    state.flatMap(folder -> AdminReader.read(root.section("admin"), values, folder));
            return mistakes.isEmpty() ? admin.map(found -> new ServiceAddress(state.get(), found)) : Optional.empty();
        });
    }

    /** Where the background service of a state is talked to. */
    public record ServiceAddress(Path state, Configuration.Admin admin) {}

    private Optional<Configuration> bind(Section root) {
        String environment = values.oneOf(root, "environment").orElse("production");
        RegisterReader register = new RegisterReader(values);
        var registerSection = register.read(root.section("register"), environment);
        Optional<List<Party>> parties = PartiesReader.read(root);
        var directories = DirectoriesReader.read(root.section("directories"), values);
        var network = NetworkReader.read(root.section("network"), values);
        var trust = TrustReader.read(root.section("trust"), values);
        var validation = ValidationReader.read(root.section("validation"), values);
        var revocation = RevocationReader.read(root.section("revocation"), values);
        var keystores = new KeystoresReader(values, parties).read(root);
        var rollover = RolloverReader.read(root.section("rollover"), values);
        Optional<Path> state = values.path(root, "state").or(() -> standIn);
        var services = new ServicesReader(values, environment, parties).read(root);
        var schedule = ScheduleReader.read(root.section("schedule"), values, crons);
        var admin = state.flatMap(folder -> AdminReader.read(root.section("admin"), values, folder));
        var log = LogReader.read(root.section("log"), values);
        root.require("register", "state");
        root.finish();
        if (registerSection.isEmpty() || state.isEmpty() || admin.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Configuration(
                environment,
                registerSection.get(),
                parties,
                directories,
                network,
                trust,
                validation,
                revocation,
                keystores,
                rollover,
                services,
                state.get(),
                schedule,
                admin.get(),
                log));
    }
}
