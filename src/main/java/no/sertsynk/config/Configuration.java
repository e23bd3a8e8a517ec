package no.sertsynk.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import no.sertsynk.service.tls.TlsUrl;

/**
 * The configuration with its defaults filled in. Paths are absolute.
 *
 * @param environment {@code test} or {@code production}
 * @param parties empty if the key is absent, which only commands that need none allow
 */
public record Configuration(
        String environment,
        RegisterSection register,
        Optional<List<Party>> parties,
        Directories directories,
        Network network,
        Optional<Trust> trust,
        Validation validation,
        Revocation revocation,
        Optional<List<KeystoreSection>> keystores,
        Rollover rollover,
        List<Service> services,
        Path state,
        Schedule schedule,
        Admin admin,
        Log log) {

    /**
     * Where the register is reached.
     *
     * @param sources of {@code soap}, {@code cpapi} and {@code file}, in the order in which they are asked
     * @param cpapi empty unless it names a client and its key
     * @param file of parties, written by hand
     */
    public record RegisterSection(
            List<String> sources,
            URI url,
            String username,
            Optional<Secret> password,
            Optional<Cpapi> cpapi,
            Optional<Path> file,
            Duration timeout) {}

    /**
     * The CommunicationParty API.
     *
     * @param model {@code simplified} or {@code legacy}
     */
    public record Cpapi(
            URI url,
            Optional<URI> eventsUrl,
            URI tokenIssuer,
            String clientId,
            Path keyFile,
            Optional<String> keyId,
            String scope,
            String model,
            CpapiPaths paths,
            int callsInFlight,
            int callsPerSecond) {}

    /** Paths of the API, each empty for the usual one. */
    public record CpapiPaths(
            Optional<String> party, Optional<String> legacy, Optional<String> signing, Optional<String> encryption) {}

    public record Party(HerId herId, Optional<OrganizationNumber> organizationNumber) {}

    /** @param allow empty for the environment's own list */
    public record Directories(
            Optional<List<String>> allow, Map<String, URI> hostMap, int connectionsPerHost, Duration timeout) {}

    public record Network(Optional<URI> proxy, List<String> noProxy, Optional<Path> caFile) {}

    public record Trust(List<Path> anchors, List<Path> intermediates) {}

    /** @param organization {@code require}, {@code remember} or {@code report} */
    public record Validation(String organization, int minimumRsaBits) {}

    /**
     * @param mode {@code require}, {@code prefer} or {@code off}
     * @param order of {@code crl} and {@code ocsp}
     */
    public record Revocation(
            String mode,
            List<String> allow,
            Duration maxStale,
            List<String> order,
            Duration clockSkew,
            Duration recheck,
            List<EndedService> ended) {}

    /** @param issuer the SHA-256 of its certificate, or its name in the form of RFC 4514 */
    public record EndedService(String issuer, Instant since) {}

    /**
     * A keystore to keep up to date.
     *
     * @param profile {@code modern} or {@code legacy}
     * @param parties empty for all
     * @param generations how many replaced files are kept
     */
    public record KeystoreSection(
            String name,
            Path path,
            String type,
            String profile,
            Optional<Secret> password,
            Set<Purpose> purposes,
            Optional<Set<HerId>> parties,
            AliasTemplate aliases,
            int generations,
            List<HookSection> onChange) {}

    /** Who is told when a keystore has changed. */
    public sealed interface HookSection {
        /** A program with its arguments. */
        record Command(List<String> command, Duration timeout) implements HookSection {}

        /** An address that the event is posted to. */
        record Webhook(URI url, Optional<Secret> token, Duration timeout) implements HookSection {}
    }

    /** @param keepPrevious empty for until-expiry */
    public record Rollover(Optional<Duration> keepPrevious, int maxChangePercent) {}

    /**
     * A service whose certificates change.
     *
     * @param environment {@code test} or {@code production}
     * @param kind {@code messages}, whose certificates are installed for its parties, or {@code direct}, which this host
     *     connects to
     * @param parties of {@code messages} alone
     */
    public record Service(
            String name,
            String environment,
            String kind,
            Set<HerId> parties,
            List<TlsUrl> oldUrls,
            List<TlsUrl> newUrls,
            List<Path> oldCertificates,
            List<Path> newCertificates,
            Milestones milestones) {}

    /**
     * How the change of a service's certificates goes on.
     *
     * @param published when the new ones are
     * @param parallelFrom from when both are in use
     * @param oldOff when the old ones are switched off
     */
    public record Milestones(Optional<Instant> published, Optional<Instant> parallelFrom, Optional<Instant> oldOff) {}

    /**
     * When the background service syncs.
     *
     * @param cron in Quartz's spelling, with seconds
     * @param jitter how much later than that at most, by chance
     */
    public record Schedule(String cron, Duration jitter) {}

    /**
     * Where the background service is talked to.
     *
     * @param host a name or an address without brackets
     * @param port 0 for any that is free
     * @param names further names under which clients may reach it
     */
    public record Admin(String host, int port, Path tokenFile, Optional<Tls> tls, List<String> names) {}

    /** What the service proves itself with: a chain and its PKCS #8 key, both in PEM. */
    public record Tls(Path certificateFile, Path keyFile) {}

    /**
     * How the log on standard error is to be.
     *
     * @param format {@code auto}, {@code text}, {@code journal} or {@code json}
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}; empty for the usual one
     */
    public record Log(String format, Optional<String> level) {}

    /** What {@code sync} needs beyond the rest and this configuration lacks, by key. */
    public List<String> missingForSync() {
        List<String> missing = new java.util.ArrayList<>();
        if (parties.isEmpty()) {
            missing.add("parties");
        }
        if (trust.isEmpty()) {
            missing.add("trust");
        }
        if (keystores.isEmpty()) {
            missing.add("keystores");
        }
        return missing;
    }
}
