package no.sertsynk.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationResult;
import no.sertsynk.directory.Directory;
import no.sertsynk.directory.LdapDirectory;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.register.Register;
import no.sertsynk.service.hook.HookCaller;
import no.sertsynk.service.log.Logs;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.service.observe.SyncMetrics;
import no.sertsynk.service.schedule.Cron;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.SqliteVerdicts;
import no.sertsynk.state.StateException;
import no.sertsynk.state.StateFolder;
import no.sertsynk.sync.KeystoreAccess;
import no.sertsynk.sync.RollbackReport;
import no.sertsynk.sync.Stages;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncRequest;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.path.AiaIssuers;
import no.sertsynk.validation.path.IssuerSource;
import no.sertsynk.validation.revocation.OnlineSources;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.verdict.RememberingValidator;
import no.sertsynk.validation.verdict.VerdictStore;
import org.slf4j.MDC;

/** Builds what a configuration describes and runs it. */
public final class Application {
    private final Configuration configuration;
    private final Clock clock;
    private final Function<String, Optional<String>> environment;
    private final KeystoreAccess keystores;
    private final StageSettings stageSettings;
    private final Registers registers;

    private Application(
            Configuration configuration,
            Clock clock,
            Function<String, Optional<String>> environment,
            KeystoreAccess keystores) {
        this.configuration = configuration;
        this.clock = clock;
        this.environment = environment;
        this.keystores = keystores;
        this.stageSettings = new StageSettings(configuration, clock);
        this.registers = new Registers(configuration, stageSettings, environment);
    }

    /** The version of the program; a word that says so where it was not packaged. */
    public static String version() {
        String version = Application.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The configuration of that file and what is to be said about it, or all its mistakes. */
    public static ConfigurationResult.Loaded configuration(Path file, Function<String, Optional<String>> environment)
            throws UsageException {
        return switch (ConfigurationReader.read(file, environment, Cron::mistake)) {
            case ConfigurationResult.Loaded loaded -> loaded;
            case ConfigurationResult.Refused(var mistakes) ->
                throw new UsageException(mistakes.stream().map(Object::toString).toList());
        };
    }

    /** @param environment looks up variables of the environment */
    public static Application of(
            Configuration configuration, Clock clock, Function<String, Optional<String>> environment) {
        return of(configuration, clock, environment, new LocalKeystores(clock));
    }

    /** The same with keystores that are reached in another way. */
    public static Application of(
            Configuration configuration,
            Clock clock,
            Function<String, Optional<String>> environment,
            KeystoreAccess keystores) {
        return new Application(configuration, clock, environment, keystores);
    }

    /** What the administrator asks of one run. */
    public record Order(
            java.util.Set<no.sertsynk.model.HerId> only,
            boolean dryRun,
            java.util.Set<no.sertsynk.rollover.Guards.Guard> force,
            Optional<no.sertsynk.model.OrganizationNumber> acceptOrganization,
            Optional<Instant> at) {}

    /**
     * Runs the flow once.
     *
     * @throws UsageException if the configuration lacks what a run needs, or another run holds the state
     */
    public SyncReport sync(Order order, SyncListener listener) throws UsageException {
        return sync(order, listener, new RunTally());
    }

    /** The same, counted. */
    public SyncReport sync(Order order, SyncListener listener, RunTally tally) throws UsageException {
        LogBeginning.with(configuration, environment);
        String runId = UUID.randomUUID().toString();
        try (MDC.MDCCloseable run = MDC.putCloseable(Logs.RUN_ID, runId)) {
            return sync(runId, order, listener, tally);
        }
    }

    /** The same under that name. */
    SyncReport sync(String runId, Order order, SyncListener listener, RunTally tally) throws UsageException {
        return run(runId, order, List.of(), listener, tally);
    }

    private SyncReport run(
            String runId, Order order, List<PartnerCertificate> handedOver, SyncListener listener, RunTally tally)
            throws UsageException {
        requireForSync(order);
        Instant now = clock.instant();
        Instant at = order.at().orElse(now);
        TrustStore trust = authorities().usable(at);
        SyncSettings settings = stageSettings.sync();
        SyncRequest request = new SyncRequest(
                runId, now, at, order.only(), order.dryRun(), order.force(), order.acceptOrganization(), handedOver);
        ValidationSettings rules = order.dryRun() ? stageSettings.foresight(now, at) : stageSettings.validation(at);
        try (Register register = new CountedRegister(registers.open(), tally);
                Directory directory = new CountedDirectory(LdapDirectory.open(stageSettings.directory()), tally);
                CertificateFetcher fetcher = stageSettings.fetcher()) {
            OnlineSources sources = sources(fetcher, order.dryRun(), tally);
            VerdictStore verdicts = order.at().isPresent() ? VerdictStore.none() : verdicts();
            RememberingValidator validator =
                    validator(trust, rules, sources, verdicts, issuers(fetcher, order.dryRun()));
            Stages stages = new Stages(register, directory, validator, keystores, clock);
            return order.dryRun()
                    ? work(tally).dryRun(settings, stages, listener, request)
                    : work(tally).sync(settings, stages, listener, request, validator);
        } catch (StateException | IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** A run as of another time neither relies on earlier verdicts nor leaves any behind. */
    private VerdictStore verdicts() {
        return SqliteVerdicts.of(configuration.state());
    }

    private OnlineSources sources(CertificateFetcher fetcher, boolean readOnly, RunTally tally) {
        return new OnlineSources(fetcher, stageSettings.revocationCache(readOnly), clock, tally::ocspResponse);
    }

    private IssuerSource issuers(CertificateFetcher fetcher, boolean readOnly) {
        return new AiaIssuers(fetcher, stageSettings.issuerCache(readOnly), clock);
    }

    private RememberingValidator validator(
            TrustStore trust,
            ValidationSettings rules,
            OnlineSources sources,
            VerdictStore store,
            IssuerSource issuers) {
        return RememberingValidator.create(
                new RememberingValidator.Setting(trust, rules, stageSettings.rulesDigest(rules), store),
                RevocationCheck.online(trust, rules, stageSettings.revocation(), sources),
                revocation -> DeferredValidator.of(() -> Validators.create(trust, rules, revocation, issuers)));
    }

    private LocalWork work() throws UsageException {
        return work(new RunTally());
    }

    private LocalWork work(RunTally tally) throws UsageException {
        Surroundings surroundings = new Surroundings(environment);
        return new LocalWork(
                configuration.state(),
                clock,
                surroundings.actor(),
                new HookCaller(surroundings.passedOn(), stageSettings.hookNetwork()),
                stageSettings.hooks(),
                tally);
    }

    /** Lets the figures show what is so now, in place of what was. */
    public void show(SyncMetrics metrics) throws UsageException {
        new Figures(configuration, stageSettings).show(metrics, clock.instant());
    }

    /**
     * Installs certificates that an administrator hands over, and remembers them as the party's.
     *
     * @throws UsageException if the configuration lacks what a run needs, or another run holds the state
     */
    public SyncReport handOver(HerId herId, List<PartnerCertificate> certificates, SyncListener listener)
            throws UsageException {
        return run(
                UUID.randomUUID().toString(),
                new Order(Set.of(herId), false, Set.of(), Optional.empty(), Optional.empty()),
                certificates,
                listener,
                new RunTally());
    }

    /**
     * Forgets that certificates were handed over for a party. What the register does not name either is parallel from the
     * next run on, and leaves by the rules of what was dropped.
     *
     * @return those that had been handed over
     * @throws UsageException if another run holds the state
     */
    public List<PartnerCertificate> takeBack(HerId herId, List<PartnerCertificate> certificates) throws UsageException {
        try {
            return work().takeBack(herId, certificates);
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Renews the kept revocation lists that end within that time, ahead of the runs that will want them.
     *
     * @return what could not be renewed and why, one line each
     * @throws UsageException if the configuration cannot be used, or a run holds the state
     */
    public List<String> refreshRevocationLists(Duration ahead) throws UsageException {
        StateFolder folder = StateFolder.create(configuration.state());
        try (StateFolder.RunLock lock = folder.lock();
                CertificateFetcher fetcher = stageSettings.fetcher()) {
            return new OnlineSources(fetcher, stageSettings.revocationCache(false), clock)
                    .refresh(clock.instant().plus(ahead));
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Puts our entries of an earlier generation back into a keystore and holds it.
     *
     * @param to the generation; empty for the latest that is kept
     * @throws UsageException if there is no such keystore, or another run holds the state
     */
    public RollbackReport rollback(String keystore, Optional<Integer> to) throws UsageException {
        KeystoreSetting setting = keystore(keystore);
        Instant now = clock.instant();
        TrustStore trust = authorities().usable(now);
        ValidationSettings rules = stageSettings.validation(now);
        try (CertificateFetcher fetcher = stageSettings.fetcher()) {
            RememberingValidator validator = validator(
                    trust,
                    rules,
                    sources(fetcher, false, new RunTally()),
                    VerdictStore.none(),
                    issuers(fetcher, false));
            return work().rollback(stageSettings.sync(), setting, validator, keystores, to);
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Lets a held keystore go on with the next run.
     *
     * @return whether it was held
     * @throws UsageException if there is no such keystore, or another run holds the state
     */
    public boolean release(String keystore) throws UsageException {
        try {
            return work().release(keystore(keystore).spec().name());
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** The numbers of the keystore's earlier generations that are kept, the latest first; empty if they cannot be read. */
    public List<Integer> keptGenerations(String keystore) {
        try {
            return keystores.generations(keystore(keystore).spec()).stream()
                    .map(Generation::number)
                    .toList();
        } catch (UsageException | KeystoreException e) {
            return List.of();
        }
    }

    KeystoreSetting keystore(String name) throws UsageException {
        List<KeystoreSetting> keystores = stageSettings.sync().keystores();
        return keystores.stream()
                .filter(keystore -> keystore.spec().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("expected the name of a keystore of the configuration"
                        + keystores.stream()
                                .map(keystore -> keystore.spec().name())
                                .collect(Collectors.joining(", ", " (", ")"))
                        + ", found '" + name + "'"));
    }

    Configuration described() {
        return configuration;
    }

    /** What every run of this configuration has in common. */
    public SyncSettings settings() {
        return stageSettings.sync();
    }

    private void requireForSync(Order order) throws UsageException {
        requireForSync();
        for (HerId herId : order.only()) {
            requireParty(herId);
        }
    }

    /** Refuses a configuration that no sync can run with, however the world is. */
    void requireForSync() throws UsageException {
        List<String> missing = configuration.missingForSync();
        if (!missing.isEmpty()) {
            throw new UsageException("the configuration lacks " + String.join(", ", missing)
                    + ", which this command needs (an empty list is legal)");
        }
    }

    /**
     * What is doubtful in the files that the configuration points to, one line each.
     *
     * @throws UsageException with every mistake of such a file
     */
    public List<String> registerWarnings() throws UsageException {
        return registers.warnings();
    }

    /** Files whose changes are news of the parties. */
    Set<Path> watchedFiles() {
        return registers.watched();
    }

    /** Refuses a party that does not stand in the configuration. */
    public void requireParty(HerId herId) throws UsageException {
        boolean isKnown =
                stageSettings.sync().parties().stream().map(PartySetting::herId).anyMatch(herId::equals);
        if (!isKnown) {
            throw new UsageException("--party " + herId + ": expected a HER-id that stands under parties");
        }
    }

    /** The certificate authorities of the configuration. */
    public Authorities authorities() {
        return Authorities.of(configuration);
    }

    /** Gets what the trust folders lack. */
    public AuthorityFetch authorityFetch() {
        return new AuthorityFetch(authorities(), clock.instant(), stageSettings::authorityFetcher);
    }

    /** The state as the last run left it; empty before the first. */
    public Optional<SqliteStatus> status() throws UsageException {
        try {
            return SqliteStatus.open(configuration.state());
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
