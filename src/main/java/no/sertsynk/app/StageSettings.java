package no.sertsynk.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.directory.CaProfile;
import no.sertsynk.directory.DirectoryPolicy;
import no.sertsynk.directory.DirectorySettings;
import no.sertsynk.directory.LdapValues;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.register.rest.CpapiSettings;
import no.sertsynk.register.rest.TokenSettings;
import no.sertsynk.register.soap.SoapSettings;
import no.sertsynk.register.wire.Network;
import no.sertsynk.rollover.CutOver;
import no.sertsynk.rollover.OrganizationMode;
import no.sertsynk.service.hook.Announcer;
import no.sertsynk.service.hook.Hook;
import no.sertsynk.service.hook.HookNetwork;
import no.sertsynk.state.StateFolder;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.HttpFetcher;
import no.sertsynk.validation.path.KeptIssuers;
import no.sertsynk.validation.revocation.RevocationFolder;
import no.sertsynk.validation.revocation.RevocationSettings;
import no.sertsynk.validation.revocation.RevocationSettings.EndedService;
import no.sertsynk.validation.verdict.Rules;

/** Translates the configuration into what each stage wants to know. */
final class StageSettings {
    private final Configuration configuration;
    private final Clock clock;
    private final Optional<Duration> longest;

    StageSettings(Configuration configuration, Clock clock) {
        this(configuration, clock, Optional.empty());
    }

    private StageSettings(Configuration configuration, Clock clock, Optional<Duration> longest) {
        this.configuration = configuration;
        this.clock = clock;
        this.longest = longest;
    }

    /** The same for somebody who waits no longer than that for one answer. */
    StageSettings impatient(Duration longest) {
        return new StageSettings(configuration, clock, Optional.of(longest));
    }

    private Duration limit(Duration configured) {
        return longest.filter(most -> most.compareTo(configured) < 0).orElse(configured);
    }

    SyncSettings sync() {
        List<SyncSettings.PartySetting> parties = configuration.parties().orElse(List.of()).stream()
                .map(party -> new SyncSettings.PartySetting(party.herId(), party.organizationNumber()))
                .toList();
        List<SyncSettings.KeystoreSetting> keystores = configuration.keystores().orElse(List.of()).stream()
                .map(this::keystore)
                .toList();
        return new SyncSettings(
                parties,
                keystores,
                OrganizationMode.valueOf(
                        configuration.validation().organization().toUpperCase(Locale.ROOT)),
                configuration.rollover().keepPrevious(),
                configuration.rollover().maxChangePercent(),
                configuration.services().stream()
                        .filter(service -> service.environment().equals(configuration.environment()))
                        .map(this::service)
                        .toList());
    }

    private SyncSettings.ServiceSetting service(Configuration.Service service) {
        Configuration.Milestones milestones = service.milestones();
        return new SyncSettings.ServiceSetting(
                service.name(),
                service.parties(),
                milestones.published(),
                milestones.parallelFrom(),
                milestones.oldOff(),
                milestones.oldOff().filter(at -> !service.parties().isEmpty()).map(at -> cutOver(service, at)));
    }

    /** A file that cannot be read makes no other party wait. */
    private CutOver cutOver(Configuration.Service service, Instant at) {
        Duration warning = configuration.rollover().cutOverWarning();
        try {
            return CutOver.of(
                    service.name(),
                    at,
                    warning,
                    TrustFiles.read(service.oldCertificates()),
                    TrustFiles.read(service.newCertificates()),
                    service.milestones().published());
        } catch (IOException e) {
            return CutOver.unclear(service.name(), at, warning, String.valueOf(e.getMessage()));
        }
    }

    private SyncSettings.KeystoreSetting keystore(KeystoreSection section) {
        return new SyncSettings.KeystoreSetting(
                new KeystoreSpec(
                        section.name(),
                        section.path(),
                        KeystoreSpec.KeystoreType.valueOf(section.type()),
                        section.password(),
                        KeystoreSpec.Profile.valueOf(section.profile().toUpperCase(Locale.ROOT)),
                        Optional.of(new KeystoreSpec.GenerationPolicy(
                                configuration.state().resolve("generations").resolve(section.name()),
                                section.generations()))),
                section.purposes(),
                section.parties().map(Set::copyOf),
                section.aliases());
    }

    /** Who is told of changes. */
    List<Announcer.Hooked> hooks() {
        return configuration.keystores().orElse(List.of()).stream()
                .map(section -> new Announcer.Hooked(
                        section.name(),
                        section.path(),
                        section.onChange().stream().map(StageSettings::hook).toList()))
                .toList();
    }

    private static Hook hook(HookSection section) {
        return switch (section) {
            case HookSection.Command(List<String> command, Duration timeout) -> new Hook.Command(command, timeout);
            case HookSection.Webhook(URI url, Optional<Secret> token, Duration timeout) ->
                new Hook.Webhook(url, token, timeout);
        };
    }

    HookNetwork hookNetwork() throws UsageException {
        return new HookNetwork(proxy(), tls());
    }

    SoapSettings register() throws UsageException {
        Configuration.RegisterSection register = configuration.register();
        return new SoapSettings(
                register.url(),
                register.username(),
                register.password().orElse(new Secret(new char[0])),
                limit(register.timeout()),
                configuration.network().proxy(),
                configuration.network().noProxy(),
                tls(),
                SoapSettings.DEFAULT_CALLS_IN_FLIGHT,
                clock,
                userAgent());
    }

    CpapiSettings cpapi() throws UsageException {
        Configuration.Cpapi cpapi = configuration
                .register()
                .cpapi()
                .orElseThrow(() -> new IllegalStateException("a source without its client"));
        Duration timeout = limit(configuration.register().timeout());
        CpapiSettings.Paths usual = CpapiSettings.Paths.DEFAULT;
        return new CpapiSettings(
                cpapi.url(),
                CpapiSettings.Model.valueOf(cpapi.model().toUpperCase(Locale.ROOT)),
                new CpapiSettings.Paths(
                        cpapi.paths().party().orElse(usual.party()),
                        cpapi.paths().legacy().orElse(usual.legacy()),
                        cpapi.paths().signing().orElse(usual.signing()),
                        cpapi.paths().encryption().orElse(usual.encryption())),
                new TokenSettings(
                        cpapi.tokenIssuer(), cpapi.clientId(), cpapi.keyFile(), cpapi.keyId(), cpapi.scope(), timeout),
                timeout,
                cpapi.callsInFlight(),
                cpapi.callsPerSecond(),
                new Network(
                        configuration.network().proxy(), configuration.network().noProxy(), tls(), userAgent()),
                clock);
    }

    /** What we call ourselves to servers. */
    private static String userAgent() {
        String version = StageSettings.class.getPackage().getImplementationVersion();
        return "sertsynk/" + (version == null ? "development" : version);
    }

    DirectorySettings directory() throws UsageException {
        return new DirectorySettings(
                directoryPolicy(),
                configuration.directories().connectionsPerHost(),
                limit(configuration.directories().timeout()),
                tls().map(SSLContext::getSocketFactory));
    }

    private DirectoryPolicy directoryPolicy() {
        List<String> allow = configuration
                .directories()
                .allow()
                .orElseGet(() -> CaProfile.hosts(Optional.of(configuration.environment())));
        return new DirectoryPolicy(allow, configuration.directories().hostMap());
    }

    /** The hosts that directories are really reached at. */
    List<String> directoryHosts() {
        DirectoryPolicy policy = directoryPolicy();
        return policy.allow().stream()
                .map(StageSettings::host)
                .map(host -> Optional.ofNullable(policy.hostMap().get(host))
                        .map(URI::getHost)
                        .orElse(host))
                .distinct()
                .toList();
    }

    /** Without a port; a port after an IPv6 address stands behind brackets. */
    private static String host(String allowed) {
        int close = allowed.indexOf(']');
        if (close > 0) {
            return allowed.substring(1, close);
        }
        int colon = allowed.indexOf(':');
        return colon >= 0 && colon == allowed.lastIndexOf(':') ? allowed.substring(0, colon) : allowed;
    }

    ValidationSettings validation(Instant at) {
        return validation(at, Duration.ZERO);
    }

    /**
     * The rules of a plan for a later time: that nobody can know then what lists will say is no reason to show nothing, so
     * that what they say now is taken to hold until then.
     */
    ValidationSettings foresight(Instant now, Instant at) {
        return validation(at, at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    }

    /** @param ahead how much longer lists and answers count */
    private ValidationSettings validation(Instant at, Duration ahead) {
        return new ValidationSettings(
                        at,
                        ValidationSettings.Policy.VIRKSOMHET,
                        configuration.validation().minimumRsaBits(),
                        ValidationSettings.RevocationMode.valueOf(
                                configuration.revocation().mode().toUpperCase(Locale.ROOT)),
                        configuration.revocation().maxStale().plus(ahead),
                        Set.of(),
                        false,
                        false,
                        false)
                .in(configuration.environment());
    }

    /** A digest of all that decides verdicts beside the time, the trusted authorities and the lists. */
    Sha256 rulesDigest(ValidationSettings rules) {
        String version = String.valueOf(StageSettings.class.getPackage().getImplementationVersion());
        Configuration.Revocation asked = configuration.revocation();
        List<String> further = new ArrayList<>(List.of(
                version,
                String.join(" ", asked.allow()),
                String.join(" ", asked.order()),
                asked.clockSkew().toString(),
                asked.recheck().toString()));
        asked.ended().forEach(ended -> further.add(ended.since() + " " + ended.issuer()));
        return Rules.digest(rules, further);
    }

    /** Gets certificates of authorities, which are published by plain HTTP. */
    HttpFetcher authorityFetcher() {
        return new HttpFetcher(allowedHosts(), configuration.directories().timeout(), proxy(), Optional.empty());
    }

    private AllowedHosts allowedHosts() {
        return AllowedHosts.of(
                Optional.of(configuration.environment()),
                configuration.revocation().allow());
    }

    /** Whether the proxy looks up the name of that address. */
    boolean isBehindProxy(URI address) {
        return proxy().map(selector -> selector.select(address).getFirst().type() != Proxy.Type.DIRECT)
                .orElse(false);
    }

    private Optional<ProxySelector> proxy() {
        return configuration
                .network()
                .proxy()
                .map(proxy -> proxySelector(proxy, configuration.network().noProxy()));
    }

    RevocationSettings revocation() {
        Configuration.Revocation revocation = configuration.revocation();
        return new RevocationSettings(
                revocation.order().stream()
                        .map(method -> RevocationSettings.Method.valueOf(method.toUpperCase(Locale.ROOT)))
                        .toList(),
                revocation.clockSkew(),
                revocation.recheck(),
                revocation.ended().stream()
                        .map(ended -> new EndedService(issuer(ended.issuer()), ended.since()))
                        .toList());
    }

    private static RevocationSettings.Issuer issuer(String text) {
        return text.matches("[0-9a-f]{64}")
                ? new RevocationSettings.Issuer.Pinned(new Sha256(text))
                : new RevocationSettings.Issuer.Named(DistinguishedNames.parse(text));
    }

    /** What is kept of lists and answers, below the state folder. */
    RevocationFolder revocationCache(boolean readOnly) {
        Path folder = configuration.state().resolve("revocation");
        return readOnly ? RevocationFolder.readOnly(folder) : RevocationFolder.open(folder, this::adopt);
    }

    /** The authorities that are kept, below the state folder. */
    KeptIssuers issuerCache(boolean readOnly) {
        Path folder = configuration.state().resolve("issuers");
        return readOnly ? KeptIssuers.readOnly(folder) : KeptIssuers.open(folder, this::adopt);
    }

    private void adopt(Path file) throws IOException {
        StateFolder.create(configuration.state()).adopt(file);
    }

    /** Gets what certificates point to. */
    CertificateFetcher fetcher() throws UsageException {
        AllowedHosts allowed = allowedHosts();
        return new CertificateFetcher(
                new HttpFetcher(allowed, limit(configuration.directories().timeout()), proxy(), tls()),
                new LdapValues(directory()),
                allowed);
    }

    /** Everything by the proxy, but for the named hosts and those below them. */
    private static ProxySelector proxySelector(URI proxy, List<String> noProxy) {
        Proxy by = new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
                boolean direct = noProxy.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> host.equals(name) || host.endsWith("." + name));
                return List.of(direct ? Proxy.NO_PROXY : by);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // The caller gets the failure itself; there is no other proxy to choose.
            }
        };
    }

    private Optional<SSLContext> tls() throws UsageException {
        if (configuration.network().caFile().isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<PartnerCertificate> trusted = new ArrayList<>(
                    TrustFiles.read(List.of(configuration.network().caFile().get())));
            for (PartnerCertificate certificate : trusted) {
                store.setCertificateEntry(certificate.sha256().hex(), certificate.x509());
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new UsageException("network.caFile: " + e.getMessage());
        }
    }
}
