package no.sertsynk.app;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.config.Configuration;
import no.sertsynk.directory.CaProfile;
import no.sertsynk.directory.DirectoryPolicy;
import no.sertsynk.directory.DirectorySettings;
import no.sertsynk.directory.LdapValues;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.HttpFetcher;
import no.sertsynk.validation.path.AiaIssuers;
import no.sertsynk.validation.path.IssuerSource;
import no.sertsynk.validation.path.KeptIssuers;
import no.sertsynk.validation.revocation.OnlineSources;
import no.sertsynk.validation.revocation.RevocationCache;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationSettings;

/**
 * What a validation outside a sync asks the network: issuers, lists and responders, over HTTP and LDAP. By the hosts,
 * proxy and order of a configuration; without one, by the known hosts of both environments. Neither relies on what syncs
 * have kept nor leaves anything behind, so that anyone may run it.
 */
public final class OnlineValidation implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final CertificateFetcher fetcher;
    private final RevocationSettings order;
    private final Clock clock;

    private OnlineValidation(CertificateFetcher fetcher, RevocationSettings order, Clock clock) {
        this.fetcher = fetcher;
        this.order = order;
        this.clock = clock;
    }

    /** @throws UsageException if the configuration's network settings cannot be used */
    public static OnlineValidation of(Optional<Configuration> configuration, Clock clock) throws UsageException {
        if (configuration.isPresent()) {
            StageSettings settings = new StageSettings(configuration.get(), clock);
            return new OnlineValidation(settings.fetcher(), settings.revocation(), clock);
        }
        AllowedHosts allowed = AllowedHosts.of(Optional.empty(), List.of());
        DirectorySettings directory = new DirectorySettings(
                new DirectoryPolicy(CaProfile.hosts(Optional.empty()), Map.of()), 1, TIMEOUT, Optional.empty());
        CertificateFetcher fetcher = new CertificateFetcher(
                new HttpFetcher(allowed, TIMEOUT, Optional.empty(), Optional.empty()),
                new LdapValues(directory),
                allowed);
        return new OnlineValidation(fetcher, RevocationSettings.USUAL, clock);
    }

    public RevocationCheck revocation(TrustStore trust, ValidationSettings rules) {
        return RevocationCheck.online(
                trust, rules, order, new OnlineSources(fetcher, new RevocationCache.None(), clock));
    }

    public IssuerSource issuers() {
        return new AiaIssuers(fetcher, KeptIssuers.none(), clock);
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
