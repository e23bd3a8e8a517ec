package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import no.sertsynk.app.Probes;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Durations;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.service.tls.Expectation;
import no.sertsynk.service.tls.HostPort;
import no.sertsynk.service.tls.ProbeReport;
import no.sertsynk.service.tls.Prober;
import no.sertsynk.service.tls.TlsUrl;
import no.sertsynk.validation.TrustFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Which certificate TLS services present, with and without a server name. */
@Command(
        name = "probe",
        description = {
            "Shows which certificate a TLS service presents to clients that send its server name (SNI), none, or"
                    + " another,",
            "and whether this host would accept it. Nothing but handshakes is done.",
            "Works without any configuration; with one, it tells too what the keystores hold."
        })
final class ProbeCommand implements Callable<Integer> {
    private static final int MOST_URLS = 1_000;
    /** A name that nobody can have (RFC 2606, section 2). */
    private static final String NOBODY = "another-name.invalid";

    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(
            paramLabel = "URL",
            arity = "0..*",
            description = "such as https://tjeneste.example:8443; none for all of the configured services")
    private List<String> urls = List.of();

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "connect there in place of the host of the URL, whose name is still sent")
    private @Nullable String connect;

    @Option(
            names = "--other-name",
            paramLabel = "NAME",
            description =
                    "the other server name; else that of the other URL if there are two, or a name that nobody has")
    private @Nullable String otherName;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "the certificates that may be presented, whoever issued them (PEM or DER)")
    private List<Path> expect = List.of();

    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "authorities to trust besides those of Java (file or folder)")
    private List<Path> trust = List.of();

    @Option(names = "--timeout", paramLabel = "D", description = "for each handshake, such as 10s, the default")
    private String timeout = "10s";

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "an HTTP proxy; else that of the configuration")
    private @Nullable String proxy;

    @Option(
            names = "--client-keystore",
            paramLabel = "FILE",
            description = "the key and certificate for services that ask for one (PKCS12 or JKS)")
    private @Nullable Path clientKeystore;

    @Option(names = "--client-password-file", paramLabel = "FILE", description = "its password")
    private @Nullable Path clientPasswordFile;

    @Option(names = "--json", description = "answer in JSON, a line for each URL")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        List<Subject> given = given();
        Optional<Configuration> configuration = command.optionalConfiguration();
        List<Subject> subjects = given.isEmpty() && configuration.isPresent() ? configured(configuration.get()) : given;
        if (subjects.isEmpty() || subjects.size() > MOST_URLS) {
            throw new UsageException("expected 1 to " + MOST_URLS
                    + " addresses such as https://tjeneste.example, here or under services in the configuration, found "
                    + subjects.size());
        }
        Prober prober = Probes.prober(
                wish(),
                configuration,
                command.context().clock(),
                line -> command.context().err().println(Escape.text(line)));
        ProbeOutput output = new ProbeOutput(command.console());
        boolean good = true;
        List<ProbeReport> reports =
                prober.probe(subjects.stream().map(Subject::target).toList());
        for (int i = 0; i < reports.size(); i++) {
            ProbeReport report = reports.get(i);
            good &= report.reasons().isEmpty();
            if (json) {
                command.console().out().println(ProbeOutput.json(subjects.get(i), report));
            } else {
                output.text(subjects.get(i), report);
            }
        }
        return good ? ExitCodes.OK : ExitCodes.PROBLEM;
    }

    /**
     * What is looked at.
     *
     * @param service the configured one that it belongs to
     */
    record Subject(Optional<String> service, Prober.Target target) {}

    /** The addresses that were named. */
    private List<Subject> given() throws UsageException {
        if (urls.size() > MOST_URLS) {
            throw new UsageException("expected at most " + MOST_URLS + " addresses, found " + urls.size());
        }
        List<TlsUrl> parsed = new ArrayList<>();
        for (String url : urls) {
            parsed.add(read("URL", url, TlsUrl::parse));
        }
        Optional<HostPort> elsewhere = elsewhere();
        Optional<String> other = other();
        Expectation expected = Expectation.of(expected());
        return parsed.stream()
                .map(url -> new Subject(
                        Optional.empty(),
                        new Prober.Target(url, elsewhere, other.orElseGet(() -> otherName(url, parsed)), expected)))
                .toList();
    }

    /** Those of the services; what was asked for on the command line goes before what the configuration says. */
    private List<Subject> configured(Configuration configuration) throws UsageException {
        Optional<HostPort> elsewhere = elsewhere();
        Optional<String> other = other();
        Set<PartnerCertificate> named = expected();
        return Probes.configured(configuration).stream()
                .map(found -> new Subject(
                        Optional.of(found.service()),
                        new Prober.Target(
                                found.url(),
                                elsewhere,
                                other.or(found::otherName).orElse(NOBODY),
                                named.isEmpty()
                                        ? found.expected()
                                        : new Expectation(found.expected().side(), named, Set.of()))))
                .toList();
    }

    private Optional<HostPort> elsewhere() throws UsageException {
        return connect == null ? Optional.empty() : Optional.of(read("--connect", connect, HostPort::parse));
    }

    private Optional<String> other() throws UsageException {
        return otherName == null
                ? Optional.empty()
                : read("--other-name", "https://" + otherName, TlsUrl::parse).serverName();
    }

    private static String otherName(TlsUrl url, List<TlsUrl> all) {
        return all.stream()
                .filter(other ->
                        all.size() == 2 && !other.at().host().equals(url.at().host()))
                .flatMap(other -> other.serverName().stream())
                .findFirst()
                .orElse(NOBODY);
    }

    private static <T> T read(String what, String text, Function<String, T> reading) throws UsageException {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(what + ": " + e.getMessage());
        }
    }

    private Set<PartnerCertificate> expected() throws UsageException {
        try {
            return new HashSet<>(TrustFiles.read(expect));
        } catch (IOException e) {
            throw new UsageException("--expect: " + e.getMessage());
        }
    }

    private Probes.Wish wish() throws UsageException {
        Duration limit = Durations.parse(timeout)
                .filter(found -> found.compareTo(Duration.ofMinutes(10)) <= 0)
                .orElseThrow(() -> new UsageException(
                        "--timeout: expected a time limit from 1ms to 10m, found '" + timeout + "'"));
        return new Probes.Wish(
                limit,
                proxy == null ? Optional.empty() : Optional.of(read("--proxy", proxy, HostPort::parse)),
                trust,
                clientKeystore());
    }

    private Optional<Probes.ClientKeystore> clientKeystore() throws UsageException {
        if (clientKeystore == null && clientPasswordFile == null) {
            return Optional.empty();
        }
        if (clientKeystore == null || clientPasswordFile == null) {
            throw new UsageException("expected --client-keystore and --client-password-file, found one of them");
        }
        try {
            String password = Files.readString(clientPasswordFile).strip();
            return Optional.of(new Probes.ClientKeystore(clientKeystore, new Secret(password.toCharArray())));
        } catch (IOException e) {
            throw new UsageException("--client-password-file: " + e.getMessage());
        }
    }
}
