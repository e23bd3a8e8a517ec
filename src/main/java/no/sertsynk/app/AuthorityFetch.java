package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.fetch.HttpFetcher;
import no.sertsynk.validation.trust.AuthorityDownload;
import no.sertsynk.validation.trust.AuthorityDownload.Outcome;
import no.sertsynk.validation.trust.PinnedAuthorities;
import no.sertsynk.validation.trust.PinnedAuthority;

/** Gets the pinned certificate authorities of an environment that are not in the trust folders yet. */
public final class AuthorityFetch {
    private final Authorities authorities;
    private final Instant now;
    private final Supplier<HttpFetcher> fetchers;

    /** @param fetchers opens a fetcher, which is closed after use */
    AuthorityFetch(Authorities authorities, Instant now, Supplier<HttpFetcher> fetchers) {
        this.authorities = authorities;
        this.now = now;
        this.fetchers = fetchers;
    }

    /** What became of a pinned authority. */
    public sealed interface Fetched {
        PinnedAuthority authority();

        /** It was there. */
        record Present(PinnedAuthority authority, Path file) implements Fetched {}

        /** It is there now. */
        record Added(PinnedAuthority authority, Path file) implements Fetched {}

        /** It has ended or issues to persons alone. */
        record NotNeeded(PinnedAuthority authority) implements Fetched {}

        /** @param problems for each place that was looked at, one line; empty if no place is known */
        record Missing(PinnedAuthority authority, List<String> problems) implements Fetched {}
    }

    /**
     * Gets them and puts them in.
     *
     * @param from a file or folder to take them from; empty to download them
     * @return one result for each pinned authority
     */
    public List<Fetched> fetch(Optional<Path> from) throws UsageException {
        Map<Sha256, Path> present = authorities.present();
        List<PinnedAuthority> pinned = PinnedAuthorities.of(Optional.of(authorities.environment()));
        List<PinnedAuthority> wanted = pinned.stream()
                .filter(authority -> authority.isNeeded(now) && !present.containsKey(authority.sha256()))
                .toList();
        Map<Sha256, Outcome> outcomes = from.isPresent() ? taken(wanted, from.get()) : downloaded(wanted);
        List<Fetched> results = new ArrayList<>();
        for (PinnedAuthority authority : pinned) {
            Path there = present.get(authority.sha256());
            Outcome outcome = outcomes.get(authority.sha256());
            if (there != null) {
                results.add(new Fetched.Present(authority, there));
            } else if (outcome == null) {
                results.add(new Fetched.NotNeeded(authority));
            } else {
                results.add(result(authority, outcome));
            }
        }
        return results;
    }

    private Fetched result(PinnedAuthority authority, Outcome outcome) throws UsageException {
        return switch (outcome) {
            case Outcome.Found(PartnerCertificate certificate) ->
                new Fetched.Added(authority, authorities.put(certificate, authorities.folder(authority)));
            case Outcome.Missing(List<String> problems) -> new Fetched.Missing(authority, problems);
        };
    }

    private static Map<Sha256, Outcome> taken(List<PinnedAuthority> wanted, Path from) throws UsageException {
        Map<Sha256, PartnerCertificate> offered = new LinkedHashMap<>();
        try {
            TrustFiles.read(List.of(from)).forEach(certificate -> offered.put(certificate.sha256(), certificate));
        } catch (IOException e) {
            throw new UsageException("--from: " + e.getMessage());
        }
        Map<Sha256, Outcome> outcomes = new LinkedHashMap<>();
        for (PinnedAuthority authority : wanted) {
            PartnerCertificate certificate = offered.get(authority.sha256());
            outcomes.put(
                    authority.sha256(),
                    certificate == null
                            ? new Outcome.Missing(List.of("expected a certificate with SHA-256 " + authority.sha256()
                                    + " in " + from + ", found none"))
                            : new Outcome.Found(certificate));
        }
        return outcomes;
    }

    private Map<Sha256, Outcome> downloaded(List<PinnedAuthority> wanted) {
        Map<Sha256, Outcome> outcomes = new LinkedHashMap<>();
        try (HttpFetcher fetcher = fetchers.get();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AuthorityDownload download = new AuthorityDownload(fetcher);
            Map<Sha256, Future<Outcome>> pending = new LinkedHashMap<>();
            wanted.forEach(authority -> pending.put(authority.sha256(), threads.submit(() -> download.get(authority))));
            for (Map.Entry<Sha256, Future<Outcome>> entry : pending.entrySet()) {
                outcomes.put(entry.getKey(), entry.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a download ended in no outcome", e);
        }
        return outcomes;
    }
}
