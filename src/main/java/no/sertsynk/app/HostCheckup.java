package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.app.doctor.Account;
import no.sertsynk.app.doctor.Accounts;
import no.sertsynk.app.doctor.Check;
import no.sertsynk.app.doctor.ConfigurationCheck;
import no.sertsynk.app.doctor.Diagnosis;
import no.sertsynk.app.doctor.Examination;
import no.sertsynk.app.doctor.FoldersCheck;
import no.sertsynk.app.doctor.HostCommand;
import no.sertsynk.app.doctor.JavaCheck;
import no.sertsynk.app.doctor.KeystoreCheck;
import no.sertsynk.app.doctor.SecretsCheck;
import no.sertsynk.app.doctor.TrustCheck;
import no.sertsynk.app.doctor.UnitCheck;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationReader.Examined;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.service.schedule.Cron;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;

/** Builds the checks of a host from its configuration, as far as that can be read, and makes them. */
public final class HostCheckup {
    /** Where the state lies if the configuration does not tell: what the unit makes. */
    private static final Path USUAL_STATE = Path.of("/var/lib/sertsynk");

    /** What waits has shorter limits of its own; this is for what cannot be interrupted. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Path file;
    private final Clock clock;
    private final Examined examined;
    private final HostCommand host;
    private final Accounts accounts;

    private HostCheckup(Path file, Clock clock, Examined examined, HostCommand host) {
        this.file = file;
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

    private List<Check> checks(List<Account> clients) throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.add(new ConfigurationCheck(examined));
        Account service = service();
        List<KeystoreSpec> keystores = keystores();
        checks.add(new SecretsCheck(examined.secretFiles(), service));
        checks.add(new FoldersCheck(file, examined.configuration().map(Configuration::state), keystores, service));
        examined.configuration()
                .filter(found -> found.trust().isPresent())
                .map(Authorities::of)
                .ifPresent(trust -> checks.add(new TrustCheck(trust::anchors, trust::intermediates, clock, service)));
        keystores.forEach(keystore -> checks.add(new KeystoreCheck(keystore, clients, accounts)));
        checks.add(new JavaCheck());
        checks.add(new UnitCheck(host));
        return checks;
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
}
