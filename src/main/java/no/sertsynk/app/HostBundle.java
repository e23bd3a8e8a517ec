package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import no.sertsynk.app.doctor.HostCommand;
import no.sertsynk.app.doctor.HostCommand.Answer;
import no.sertsynk.app.doctor.KnownSecrets;
import no.sertsynk.app.doctor.Listing;
import no.sertsynk.app.doctor.SupportBundle;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationReader.Examined;
import no.sertsynk.config.ConfigurationReader.SecretFile;
import no.sertsynk.model.Secret;

/** What a support bundle holds of the host. */
final class HostBundle {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String LOG_LINES = "500";
    private static final List<String> PROPERTIES = List.of(
            "java.version",
            "java.vendor",
            "java.vm.version",
            "java.home",
            "os.name",
            "os.version",
            "os.arch",
            "sun.jnu.encoding");

    private final Path file;
    private final Function<String, Optional<String>> environment;
    private final Examined examined;
    private final HostCommand host;

    HostBundle(Path file, Function<String, Optional<String>> environment, Examined examined, HostCommand host) {
        this.file = file;
        this.environment = environment;
        this.examined = examined;
        this.host = host;
    }

    void write(Path bundle, Map<String, String> further) throws UsageException, InterruptedException {
        Map<String, String> texts = new LinkedHashMap<>(further);
        texts.put(
                "configuration.yaml",
                ConfigurationReader.masked(file).orElse("# cannot be read; doctor.txt tells why\n"));
        texts.put("versions.txt", versions());
        texts.put("permissions.txt", Listing.of(paths()));
        texts.put("log.txt", log());
        try {
            SupportBundle.write(bundle, texts, secrets());
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("--bundle: expected a file that is not there yet, found " + bundle);
        } catch (IOException e) {
            throw new UsageException("--bundle: expected to write " + bundle + ", found: " + e);
        }
    }

    private String versions() throws InterruptedException {
        String version = HostBundle.class.getPackage().getImplementationVersion();
        StringBuilder text = new StringBuilder("sertsynk " + (version == null ? "(development)" : version) + "\n");
        PROPERTIES.forEach(name ->
                text.append(name).append(' ').append(System.getProperty(name)).append('\n'));
        Stream.of("LANG", "LC_ALL", "TZ", "SERTSYNK_JAVA_OPTS", "JAVA_TOOL_OPTIONS")
                .forEach(name -> environment
                        .apply(name)
                        .ifPresent(value ->
                                text.append(name).append('=').append(value).append('\n')));
        text.append(told("systemctl", "--version").lines().findFirst().orElse(""))
                .append('\n');
        return text.toString();
    }

    private String log() throws InterruptedException {
        return told(
                "journalctl",
                "--no-pager",
                "--output=short-iso",
                "--lines=" + LOG_LINES,
                "--unit=sertsynk.service",
                "--unit=sertsynk-sync.service");
    }

    private String told(String program, String... arguments) throws InterruptedException {
        try {
            return host.run(LIMIT, program, arguments).map(Answer::text).orElse(program + " is not on this host\n");
        } catch (IOException e) {
            return e.getMessage() + "\n";
        }
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>(List.of(file));
        examined.secretFiles().forEach(secret -> paths.add(secret.path()));
        examined.configuration().ifPresent(configuration -> {
            configuration.trust().ifPresent(trust -> {
                paths.addAll(trust.anchors());
                paths.addAll(trust.intermediates());
            });
            configuration.keystores().orElse(List.of()).forEach(keystore -> paths.add(keystore.path()));
            paths.add(configuration.state());
            paths.add(configuration.state().resolve("generations"));
        });
        return paths;
    }

    private Set<String> secrets() {
        Set<String> secrets = KnownSecrets.in(
                examined.secretFiles().stream().map(SecretFile::path).toList());
        examined.configuration().ifPresent(configuration -> {
            configuration.register().password().ifPresent(secret -> add(secret, secrets));
            secrets.addAll(KnownSecrets.in(List.of(configuration.admin().tokenFile())));
            for (Configuration.KeystoreSection keystore :
                    configuration.keystores().orElse(List.of())) {
                keystore.password().ifPresent(secret -> add(secret, secrets));
                for (HookSection hook : keystore.onChange()) {
                    if (hook instanceof HookSection.Webhook webhook) {
                        webhook.token().ifPresent(secret -> add(secret, secrets));
                    }
                }
            }
        });
        return secrets;
    }

    private static void add(Secret secret, Set<String> secrets) {
        secrets.add(new String(secret.reveal()));
    }
}
