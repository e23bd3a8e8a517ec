package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationResult;
import no.sertsynk.directory.Directory;
import no.sertsynk.directory.LdapDirectory;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.register.Register;
import no.sertsynk.register.soap.SoapRegisters;
import no.sertsynk.state.SqliteState;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.state.StateFolder;
import no.sertsynk.sync.KeystoreAccess;
import no.sertsynk.sync.Stages;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncRequest;
import no.sertsynk.sync.SyncRun;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.OnlineSources;
import no.sertsynk.validation.revocation.RevocationCheck;

/** Builds what a configuration describes and runs it. */
public final class Application {
    private final Configuration configuration;
    private final Clock clock;
    private final StageSettings stageSettings;

    private Application(Configuration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.stageSettings = new StageSettings(configuration, clock);
    }

    /** The configuration of that file, or all its mistakes. */
    public static Configuration configuration(Path file, Function<String, Optional<String>> environment)
            throws UsageException {
        return switch (ConfigurationReader.read(file, environment)) {
            case ConfigurationResult.Loaded(Configuration loaded, List<String> warnings) -> loaded;
            case ConfigurationResult.Refused(var mistakes) ->
                throw new UsageException(mistakes.stream().map(Object::toString).toList());
        };
    }

    public static Application of(Configuration configuration, Clock clock) {
        return new Application(configuration, clock);
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
        requireForSync(order);
        Instant now = clock.instant();
        Instant at = order.at().orElse(now);
        TrustStore trust = trust();
        SyncSettings settings = stageSettings.sync();
        SyncRequest request = new SyncRequest(
                UUID.randomUUID().toString(),
                now,
                at,
                order.only(),
                order.dryRun(),
                order.force(),
                order.acceptOrganization());
        ValidationSettings rules = stageSettings.validation(at);
        try (Register register = SoapRegisters.open(stageSettings.register());
                Directory directory = LdapDirectory.open(stageSettings.directory());
                CertificateFetcher fetcher = stageSettings.fetcher()) {
            RevocationCheck revocation = RevocationCheck.online(
                    trust,
                    rules,
                    stageSettings.revocation(),
                    new OnlineSources(fetcher, stageSettings.revocationCache(order.dryRun()), clock));
            Validator validator = Validators.create(trust, rules, revocation);
            Stages stages = new Stages(register, directory, validator, keystores(), clock);
            return order.dryRun()
                    ? dryRun(settings, stages, listener, request)
                    : lockedRun(settings, stages, listener, request);
        } catch (StateException | IllegalArgumentException e) {
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

    private SyncReport lockedRun(SyncSettings settings, Stages stages, SyncListener listener, SyncRequest request) {
        StateFolder folder = StateFolder.create(configuration.state());
        try (StateFolder.RunLock lock = folder.lock();
                SqliteState state = SqliteState.open(folder)) {
            return new SyncRun(settings, stages, state, listener, request).run();
        }
    }

    private SyncReport dryRun(SyncSettings settings, Stages stages, SyncListener listener, SyncRequest request) {
        Optional<SqliteStatus> opened = SqliteStatus.open(configuration.state());
        if (opened.isEmpty()) {
            return new SyncRun(settings, stages, DryState.empty(), listener, request).run();
        }
        try (SqliteStatus state = opened.get()) {
            return new SyncRun(settings, stages, DryState.of(state.recall()), listener, request).run();
        }
    }

    private void requireForSync(Order order) throws UsageException {
        List<String> missing = configuration.missingForSync();
        if (!missing.isEmpty()) {
            throw new UsageException("the configuration lacks " + String.join(", ", missing)
                    + ", which this command needs (an empty list is legal)");
        }
        if (!configuration.register().source().equals("soap")) {
            throw new UsageException("register.source: this version reads the register over soap, found "
                    + configuration.register().source());
        }
        for (var herId : order.only()) {
            boolean known = stageSettings.sync().parties().stream()
                    .map(PartySetting::herId)
                    .anyMatch(herId::equals);
            if (!known) {
                throw new UsageException("--party " + herId + ": expected a HER-id that stands under parties");
            }
        }
    }

    /** The trust anchors; a run without any is refused. */
    private TrustStore trust() throws UsageException {
        try {
            List<X509Certificate> anchors = certificates(
                    configuration.trust().map(Configuration.Trust::anchors).orElse(List.of()));
            List<X509Certificate> intermediates = certificates(configuration
                    .trust()
                    .map(Configuration.Trust::intermediates)
                    .orElse(List.of()));
            if (anchors.isEmpty()) {
                throw new UsageException(
                        "trust.anchors: expected at least one certificate authority, found none; run sertsynk trust"
                                + " fetch");
            }
            return new TrustStore(anchors, intermediates);
        } catch (IOException e) {
            throw new UsageException("trust: " + e.getMessage() + "; run sertsynk trust fetch");
        }
    }

    private static List<X509Certificate> certificates(List<Path> paths) throws IOException {
        return TrustFiles.read(paths).stream().map(PartnerCertificate::x509).toList();
    }

    private static KeystoreAccess keystores() {
        return new KeystoreAccess() {
            @Override
            public KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
                return Keystores.read(spec);
            }

            @Override
            public Keystore open(KeystoreSpec spec) throws KeystoreException {
                return Keystores.open(spec);
            }
        };
    }

    /** Anchors of the configuration, for display; empty if they cannot be read. */
    public List<PartnerCertificate> anchors() {
        try {
            return TrustFiles.read(
                    configuration.trust().map(Configuration.Trust::anchors).orElse(List.of()));
        } catch (IOException e) {
            // What is wrong with them is told by the run that needs them.
            return List.of();
        }
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
