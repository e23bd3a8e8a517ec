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

    private ConfigurationReader(Values values) {
        this.values = values;
    }

    /**
     * Reads the file.
     *
     * @param environment looks up environment variables that the file names
     */
    public static ConfigurationResult read(Path file, Function<String, Optional<String>> environment) {
        Mistakes mistakes = new Mistakes(file);
        Optional<Node> node = YamlFile.read(file, mistakes);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        ConfigurationReader reader = new ConfigurationReader(new Values(folder, new Variables(environment)));
        Optional<Configuration> configuration = node.flatMap(root -> reader.bind(Section.of("", root, mistakes)));
        return configuration.isPresent() && mistakes.isEmpty()
                ? new ConfigurationResult.Loaded(configuration.get(), mistakes.warningsInOrder())
                : new ConfigurationResult.Refused(mistakes.inOrder());
    }

    private Optional<Configuration> bind(Section root) {
        String environment =
                values.oneOf(root, "environment", List.of("test", "production")).orElse("production");
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
        Optional<Path> state = values.path(root, "state");
        ServiceReader.check(root, values);
        root.require("register", "state");
        root.finish();
        if (registerSection.isEmpty() || state.isEmpty()) {
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
                state.get()));
    }
}
