package no.sertsynk.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.app.doctor.Account;
import no.sertsynk.app.doctor.Accounts;
import no.sertsynk.app.doctor.Check;
import no.sertsynk.app.doctor.ClockCheck;
import no.sertsynk.app.doctor.ConfigurationCheck;
import no.sertsynk.app.doctor.DaemonCheck;
import no.sertsynk.app.doctor.DaemonCheck.Service;
import no.sertsynk.app.doctor.Diagnosis;
import no.sertsynk.app.doctor.DirectoriesCheck;
import no.sertsynk.app.doctor.Examination;
import no.sertsynk.app.doctor.Finding;
import no.sertsynk.app.doctor.FoldersCheck;
import no.sertsynk.app.doctor.HooksCheck;
import no.sertsynk.app.doctor.HostCommand;
import no.sertsynk.app.doctor.JavaCheck;
import no.sertsynk.app.doctor.KeystoreCheck;
import no.sertsynk.app.doctor.NamesCheck;
import no.sertsynk.app.doctor.RegisterCheck;
import no.sertsynk.app.doctor.RegisterTalk;
import no.sertsynk.app.doctor.RevocationCheck;
import no.sertsynk.app.doctor.RoomCheck;
import no.sertsynk.app.doctor.SecretsCheck;
import no.sertsynk.app.doctor.SyncCheck;
import no.sertsynk.app.doctor.Told;
import no.sertsynk.app.doctor.TrustCheck;
import no.sertsynk.app.doctor.UnitCheck;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationReader.Examined;
import no.sertsynk.directory.DirectorySettings;
import no.sertsynk.directory.LdapDirectory;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.service.schedule.Cadence;
import no.sertsynk.service.schedule.Cron;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.validation.revocation.RevocationAddresses;

/** Builds the checks of a host from its configuration, as far as that can be read, and makes them. */
public final class HostCheckup {
    /** Where the state lies if the configuration does not tell: what the unit makes. */
    private static final Path USUAL_STATE = Path.of("/var/lib/sertsynk");

    /** For one answer of somebody else. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** For a check as a whole, of which some cannot be interrupted. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Path file;
    private final Function<String, Optional<String>> environment;
    private final Clock clock;
    private final Examined examined;
    private final HostCommand host;
    private final Accounts accounts;

    private HostCheckup(
            Path file,
            Function<String, Optional<String>> environment,
            Clock clock,
            Examined examined,
            HostCommand host) {
        this.file = file;
        this.environment = environment;
        this.clock = clock;
        this.examined = examined;
        this.host = host;
        this.accounts = new Accounts(host);
    }

    /** A checkup of the host with that configuration file, which may be missing or have mistakes. */
    public static HostCheckup of(Path file, Function<String, Optional<String>> environment, Clock clock) {
        Map<String, String> passedOn = new Surroundings(environment).passedOn();
        return new HostCheckup(
                file,
                environment,
                clock,
                ConfigurationReader.examine(file, environment, Cron::mistake, USUAL_STATE),
                new HostCommand(passedOn.getOrDefault("PATH", "")));
    }

    /**
     * Makes all checks.
     *
     * @param clients users of programs that read the keystores
     * @throws UsageException if there is no such user
     */
    public Diagnosis examine(List<String> clients) throws UsageException, IOException, InterruptedException {
        List<Account> known = new ArrayList<>();
        for (String name : clients) {
            known.add(accounts.named(name)
                    .orElseThrow(() ->
                            new UsageException("--client-user: expected a user of this host, found '" + name + "'")));
        }
        return Examination.make(checks(known), LIMIT);
    }

    /** The configuration as far as it can be read; empty if nothing can be made of it. */
    public Optional<Configuration> configuration() {
        return examined.configuration();
    }

    /**
     * Writes what somebody who is asked for help wants to know, without secrets.
     *
     * @param further texts by their names in the bundle
     * @throws UsageException if the file is there already, or cannot be made
     */
    public void bundle(Path bundle, Map<String, String> further) throws UsageException, InterruptedException {
        new HostBundle(file, environment, examined, host).write(bundle, further);
    }

    private List<Check> checks(List<Account> clients) throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.add(new ConfigurationCheck(examined));
        Account service = service();
        List<KeystoreSpec> keystores = keystores();
        checks.add(new SecretsCheck(examined.secretFiles(), service));
        checks.add(new FoldersCheck(file, examined.configuration().map(Configuration::state), keystores, service));
        keystores.forEach(keystore -> checks.add(new KeystoreCheck(keystore, clients, accounts)));
        checks.add(new JavaCheck());
        checks.add(new UnitCheck(host));
        examined.configuration().ifPresent(configuration -> configured(configuration, service, checks));
        return checks;
    }

    /** The checks that need to know what is configured. */
    private void configured(Configuration configuration, Account service, List<Check> checks) {
        if (configuration.trust().isPresent()) {
            Authorities trust = Authorities.of(configuration);
            checks.add(new TrustCheck(trust::anchors, trust::intermediates, clock, service));
        }
        checks.add(new HooksCheck(configuration.keystores().orElse(List.of()), host, service));
        checks.add(new DaemonCheck(this::daemon));
        checks.add(new SyncCheck(
                configuration.state(),
                new Cadence(
                        Cron.parse(configuration.schedule().cron(), ZoneId.systemDefault()),
                        configuration.schedule().jitter()),
                clock));
        checks.add(new RoomCheck(
                configuration.state(),
                configuration.keystores().orElse(List.of()).stream()
                        .map(Configuration.KeystoreSection::path)
                        .toList()));
        StageSettings settings = new StageSettings(configuration, clock).impatient(PATIENCE);
        checks.add(new NamesCheck(() -> hosts(configuration, settings)));
        try {
            network(configuration, settings, checks);
        } catch (UsageException e) {
            checks.add(new Told(
                    "configuration",
                    new Finding.Error(
                            String.join("; ", e.lines()), "put the file right; nobody is asked over TLS until then")));
        }
    }

    private void network(Configuration configuration, StageSettings settings, List<Check> checks)
            throws UsageException {
        register(configuration, settings, checks);
        DirectorySettings directory = settings.directory();
        checks.add(new DirectoriesCheck(directory.policy().allow(), () -> LdapDirectory.open(directory)));
        checks.add(new RevocationCheck(
                configuration.revocation().mode(), () -> addresses(configuration), settings.fetcher()));
    }

    private void register(Configuration configuration, StageSettings settings, List<Check> checks) {
        Registers registers = new Registers(configuration, settings, environment);
        boolean clock = false;
        for (String source : configuration.register().sources()) {
            if (!isComplete(source, configuration.register())) {
                checks.add(new Told(
                        "register",
                        new Finding.Warning(
                                "the register was not asked over " + source
                                        + ", since not all of its settings could be read",
                                "correct what is said of the configuration, then ask again")));
                continue;
            }
            RegisterTalk talk = new RegisterTalk(
                    () -> registers.open(source),
                    configuration
                            .parties()
                            .flatMap(parties -> parties.stream()
                                    .map(Configuration.Party::herId)
                                    .findFirst()));
            checks.add(new RegisterCheck(talk));
            // A file has no clock, and one clock is enough.
            if (!clock && !source.equals("file")) {
                checks.add(new ClockCheck(talk));
                clock = true;
            }
        }
    }

    private static boolean isComplete(String source, Configuration.RegisterSection section) {
        return switch (source) {
            case "soap" -> section.password().isPresent();
            case "cpapi" -> section.cpapi().isPresent();
            default -> section.file().isPresent();
        };
    }

    private List<KeystoreSpec> keystores() {
        return examined
                .configuration()
                .map(found -> new StageSettings(found, clock).sync().keystores())
                .orElse(List.of())
                .stream()
                .map(KeystoreSetting::spec)
                .toList();
    }

    /** Who the service runs as: whoever asks, but for root the owner of the state folder. */
    private Account service() throws IOException, InterruptedException {
        Account self = accounts.self();
        Path state = examined.configuration().map(Configuration::state).orElse(USUAL_STATE);
        if (!self.isRoot() || !Files.isDirectory(state)) {
            return self;
        }
        return accounts.named(Files.getOwner(state).getName()).orElse(self);
    }

    private Service daemon() throws IOException {
        try {
            Optional<AdminClient> client = RunningDaemon.find(file, environment);
            if (client.isEmpty()) {
                return new Service.Absent();
            }
            AdminClient.Reply reply = client.get().get("/health/ready", true);
            return new Service.Answering(reply.status(), reply.body());
        } catch (UsageException e) {
            return new Service.Closed(String.join("; ", e.lines()));
        }
    }

    /** Those whose names this host looks up itself, each with what it is needed for. */
    private Map<String, String> hosts(Configuration configuration, StageSettings settings) {
        Map<String, String> hosts = new LinkedHashMap<>();
        Optional<URI> proxy = configuration.network().proxy();
        proxy.ifPresent(address -> hosts.put(address.getHost(), "network.proxy"));
        List<URI> direct = new ArrayList<>();
        if (configuration.register().sources().contains("soap")) {
            direct.add(configuration.register().url());
        }
        configuration.register().cpapi().ifPresent(cpapi -> {
            direct.add(cpapi.url());
            direct.add(cpapi.tokenIssuer());
        });
        configuration.keystores().orElse(List.of()).stream()
                .flatMap(keystore -> keystore.onChange().stream())
                .forEach(hook -> {
                    if (hook instanceof HookSection.Webhook webhook) {
                        direct.add(webhook.url());
                    }
                });
        direct.stream()
                .filter(address -> !settings.isBehindProxy(address))
                .forEach(address -> hosts.putIfAbsent(address.getHost(), address.toString()));
        RevocationAddresses addresses = addresses(configuration);
        List<URI> asked = new ArrayList<>(addresses.lists());
        asked.addAll(addresses.responders());
        asked.stream()
                .filter(address -> address.getHost() != null && !settings.isBehindProxy(address))
                .forEach(address -> hosts.putIfAbsent(address.getHost(), "revocation, " + address));
        settings.directoryHosts().forEach(name -> hosts.putIfAbsent(name, "directories"));
        return hosts;
    }

    /** Of the trusted authorities and of what is installed. */
    private static RevocationAddresses addresses(Configuration configuration) {
        List<X509Certificate> certificates = new ArrayList<>();
        Authorities trust = Authorities.of(configuration);
        List.of(trust.anchors().certificates(), trust.intermediates().certificates(), installed(configuration.state()))
                .forEach(some -> some.forEach(certificate -> certificates.add(certificate.x509())));
        return RevocationAddresses.of(certificates);
    }

    private static List<PartnerCertificate> installed(Path state) {
        try {
            Optional<SqliteStatus> opened = SqliteStatus.open(state);
            if (opened.isEmpty()) {
                return List.of();
            }
            try (SqliteStatus status = opened.get()) {
                return status.certificates();
            }
        } catch (StateException e) {
            // Told by the check of the last sync.
            return List.of();
        }
    }
}
