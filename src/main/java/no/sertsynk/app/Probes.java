package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import no.sertsynk.config.Configuration;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.service.tls.ClientIdentity;
import no.sertsynk.service.tls.Expectation;
import no.sertsynk.service.tls.HostKeystore;
import no.sertsynk.service.tls.HostPort;
import no.sertsynk.service.tls.Prober;
import no.sertsynk.service.tls.ProxyRule;
import no.sertsynk.service.tls.ServerTrust;
import no.sertsynk.service.tls.TlsUrl;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.validation.TrustFiles;

/** Builds what looks at TLS services, with a configuration or without. */
public final class Probes {
    private Probes() {}

    /**
     * What was asked for on the command line.
     *
     * @param proxy in place of the configuration's
     * @param trust certificates of authorities that are trusted besides
     * @param clientKeystore with the certificate for services that ask for one
     */
    public record Wish(
            Duration limit, Optional<HostPort> proxy, List<Path> trust, Optional<ClientKeystore> clientKeystore) {
        public Wish {
            trust = List.copyOf(trust);
        }
    }

    /** A keystore with its password. */
    public record ClientKeystore(Path file, Secret password) {}

    /**
     * An address of a service of the configuration.
     *
     * @param otherName of the service's other address
     */
    public record Configured(String service, TlsUrl url, Optional<String> otherName, Expectation expected) {}

    /**
     * Every address of the configuration's services.
     *
     * @throws UsageException if a file with certificates cannot be read
     */
    public static List<Configured> configured(Configuration configuration) throws UsageException {
        List<Configured> all = new ArrayList<>();
        for (Configuration.Service service : configuration.services()) {
            Set<PartnerCertificate> old = certificates(service.name(), service.oldCertificates());
            Set<PartnerCertificate> fresh = certificates(service.name(), service.newCertificates());
            for (TlsUrl url : service.oldUrls()) {
                all.add(new Configured(
                        service.name(),
                        url,
                        otherName(url, service.newUrls()),
                        new Expectation(Expectation.Side.OLD, old, fresh)));
            }
            for (TlsUrl url : service.newUrls()) {
                all.add(new Configured(
                        service.name(),
                        url,
                        otherName(url, service.oldUrls()),
                        new Expectation(Expectation.Side.NEW, fresh, old)));
            }
        }
        return all;
    }

    private static Set<PartnerCertificate> certificates(String service, List<Path> files) throws UsageException {
        try {
            return new HashSet<>(TrustFiles.read(files));
        } catch (IOException e) {
            throw new UsageException("service " + service + ": " + e.getMessage());
        }
    }

    private static Optional<String> otherName(TlsUrl url, List<TlsUrl> others) {
        return others.stream()
                .flatMap(other -> other.serverName().stream())
                .filter(name -> !name.equals(url.at().host()))
                .findFirst();
    }

    /**
     * A prober.
     *
     * @param unreadable is told of each keystore of the configuration that cannot be read, one line
     * @throws UsageException if what was named cannot be used
     */
    public static Prober prober(
            Wish wish, Optional<Configuration> configuration, Clock clock, Consumer<String> unreadable)
            throws UsageException {
        return new Prober(new Prober.Setting(
                clock,
                wish.limit(),
                proxies(wish, configuration),
                trust(wish, configuration),
                identity(wish),
                configuration.isPresent() ? keystores(configuration.get(), clock, unreadable) : List.of()));
    }

    private static ProxyRule proxies(Wish wish, Optional<Configuration> configuration) {
        if (wish.proxy().isPresent()) {
            return new ProxyRule(wish.proxy(), List.of());
        }
        return configuration
                .flatMap(found -> found.network()
                        .proxy()
                        .map(proxy -> new ProxyRule(
                                Optional.of(new HostPort(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())),
                                found.network().noProxy())))
                .orElse(ProxyRule.DIRECT);
    }

    private static ServerTrust trust(Wish wish, Optional<Configuration> configuration) throws UsageException {
        List<Path> paths = new ArrayList<>(wish.trust());
        configuration.flatMap(found -> found.network().caFile()).ifPresent(paths::add);
        try {
            List<X509Certificate> named = TrustFiles.read(paths).stream()
                    .map(PartnerCertificate::x509)
                    .toList();
            return ServerTrust.withPlatform(named);
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static ClientIdentity identity(Wish wish) throws UsageException {
        if (wish.clientKeystore().isEmpty()) {
            return ClientIdentity.NONE;
        }
        ClientKeystore named = wish.clientKeystore().get();
        try {
            KeyStore store =
                    KeyStore.getInstance(named.file().toFile(), named.password().reveal());
            return ClientIdentity.of(store, named.password());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UsageException("--client-keystore: expected a keystore with a private key in " + named.file()
                    + " and its password, found: " + e.getMessage());
        }
    }

    private static List<HostKeystore> keystores(Configuration configuration, Clock clock, Consumer<String> unreadable) {
        List<HostKeystore> keystores = new ArrayList<>();
        for (KeystoreSetting keystore :
                new StageSettings(configuration, clock).sync().keystores()) {
            try {
                keystores.add(new HostKeystore(keystore.spec().name(), certificates(keystore.spec())));
            } catch (KeystoreException e) {
                unreadable.accept(e.reason().toString());
            } catch (IOException e) {
                unreadable.accept("keystore " + keystore.spec().name() + ": " + e.getMessage());
            }
        }
        return keystores;
    }

    /** All that its readers find; our own reading of PEM leaves out what is not ours. */
    private static Set<PartnerCertificate> certificates(KeystoreSpec spec) throws KeystoreException, IOException {
        return switch (spec.type()) {
            case PEM, PEM_DIRECTORY ->
                Files.exists(spec.path()) ? new HashSet<>(TrustFiles.read(List.of(spec.path()))) : Set.of();
            case PKCS12, JKS, BCFKS ->
                new HashSet<>(Keystores.read(spec).certificates().values());
        };
    }
}
