package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.Fetcher.Version;
import no.sertsynk.validation.revocation.KnownList.Origin;

/**
 * Lists from the addresses in certificates. Each address is asked at most once in this object's life, which is one run,
 * and not at all while what is kept is young enough. A list takes the place of the kept one only if a key of its issuer
 * has signed it and it is not older.
 */
final class FetchedCrls implements CrlSource {
    private static final int MAX_ADDRESSES = 1000;

    private final Fetcher fetcher;
    private final RevocationCache cache;
    private final Clock clock;
    private final Duration recheck;
    private final Map<URI, CompletableFuture<Fetched>> fetched = new ConcurrentHashMap<>();

    /** @param recheck how long a list is used without asking whether there is a newer one */
    FetchedCrls(Fetcher fetcher, RevocationCache cache, Clock clock, Duration recheck) {
        this.fetcher = fetcher;
        this.cache = cache;
        this.clock = clock;
        this.recheck = recheck;
    }

    /** A list, or why there is none, or both where it could not be renewed. */
    private record Fetched(Optional<KnownList> list, Optional<String> problem) {}

    /** The keys that may sign lists in that name. */
    @FunctionalInterface
    private interface Keys {
        List<PublicKey> of(X500Principal issuer);
    }

    @Override
    public Lists listsFor(X509Certificate certificate, List<X509Certificate> authorities) {
        List<KnownList> lists = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<List<URI>> groups = DistributionPoints.of(certificate).groups();
        for (List<URI> group : groups) {
            best(group, keys(authorities), problems).ifPresent(lists::add);
        }
        if (groups.isEmpty()) {
            problems.add("the certificate names no address of a revocation list");
        }
        return new Lists(lists, problems);
    }

    private static Keys keys(List<X509Certificate> authorities) {
        return issuer -> authorities.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(issuer))
                .filter(PlainListCheck::maySignLists)
                .map(X509Certificate::getPublicKey)
                .distinct()
                .toList();
    }

    /** The first list that is not overdue, else the newest. */
    private Optional<KnownList> best(List<URI> addresses, Keys keys, List<String> problems) {
        Optional<KnownList> best = Optional.empty();
        for (URI address : addresses) {
            Fetched found = once(address, keys);
            found.problem().ifPresent(problem -> problems.add(address + ": " + problem));
            if (found.list().isPresent()) {
                KnownList list = found.list().get();
                if (!list.header().isOverdue(clock.instant())) {
                    return found.list();
                }
                problems.add(address + ": the list of " + list.header().thisUpdate() + " has ended "
                        + list.header().nextUpdate().map(Instant::toString).orElse("at once"));
                if (best.isEmpty() || best.get().header().isOlderThan(list.header())) {
                    best = found.list();
                }
            }
        }
        return best;
    }

    @Override
    public List<KnownList> atHand(X509Certificate certificate) {
        return DistributionPoints.of(certificate).groups().stream()
                .flatMap(List::stream)
                .flatMap(address -> cache.list(address).stream())
                .toList();
    }

    @Override
    public List<KnownList> all() {
        return fetched.values().stream()
                .filter(fetch -> fetch.isDone() && !fetch.isCompletedExceptionally())
                .flatMap(done -> done.join().list().stream())
                .toList();
    }

    private static Keys signerOf(KnownList kept) {
        return issuer -> kept.header().issuer().equals(issuer)
                ? kept.signer().map(KnownList.Signer::key).stream().toList()
                : List.of();
    }

    /**
     * Asks anew for every kept list whose issuer promised a newer one by then.
     *
     * @return what could not be renewed and why, one line each
     */
    List<String> refresh(Instant dueBy) {
        List<String> problems = new ArrayList<>();
        for (KnownList kept : cache.lists()) {
            if (kept.header().isOverdue(dueBy)) {
                URI address = URI.create(kept.origin().source());
                ask(address, Optional.of(kept), signerOf(kept))
                        .problem()
                        .ifPresent(problem -> problems.add(address + ": " + problem));
            }
        }
        return problems;
    }

    private Fetched once(URI address, Keys keys) {
        if (fetched.size() >= MAX_ADDRESSES && !fetched.containsKey(address)) {
            return new Fetched(Optional.empty(), Optional.of("more than " + MAX_ADDRESSES + " addresses in one run"));
        }
        CompletableFuture<Fetched> mine = new CompletableFuture<>();
        CompletableFuture<Fetched> earlier = fetched.putIfAbsent(address, mine);
        if (earlier != null) {
            return earlier.join();
        }
        try {
            mine.complete(obtain(address, keys));
        } catch (RuntimeException e) {
            // Whoever waits must not wait for ever.
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }

    private Fetched obtain(URI address, Keys keys) {
        Optional<KnownList> kept = cache.list(address);
        Instant now = clock.instant();
        boolean young = kept.isPresent()
                && !kept.get().header().isOverdue(now)
                && kept.get().origin().fetchedAt().orElse(Instant.MIN).isAfter(now.minus(recheck));
        return young ? new Fetched(kept, Optional.empty()) : ask(address, kept, keys);
    }

    private Fetched ask(URI address, Optional<KnownList> kept, Keys keys) {
        Instant now = clock.instant();
        // A server that has lost its way between versions must not keep us at a list that is overdue.
        Version known = kept.filter(list -> !list.header().isOverdue(now))
                .map(list -> list.origin().version())
                .orElse(Version.NONE);
        return switch (fetcher.fetch(
                Fetcher.Request.get(address, CrlReader.MAX_BYTES).unlessStill(known))) {
            case Fetcher.Answer.Failure(String why) -> new Fetched(kept, Optional.of(why));
            case Fetcher.Answer.Unchanged() -> confirm(address, kept.orElseThrow(), known);
            case Fetcher.Answer.Content(byte[] bytes, Version version) -> {
                try {
                    yield accept(address, kept, bytes, version, keys);
                } catch (IOException e) {
                    yield new Fetched(kept, Optional.of(String.valueOf(e.getMessage())));
                }
            }
        };
    }

    private Fetched confirm(URI address, KnownList kept, Version version) {
        Origin origin = new Origin(address.toString(), version, Optional.of(clock.instant()), false);
        return keep(address, kept.withOrigin(origin), Optional.empty());
    }

    private Fetched accept(URI address, Optional<KnownList> kept, byte[] bytes, Version version, Keys keys)
            throws IOException {
        List<byte[]> ders = FileCrls.ders(bytes);
        if (ders.isEmpty()) {
            throw new IOException("no revocation list in the answer");
        }
        byte[] der = ders.getFirst();
        Origin origin = new Origin(address.toString(), version, Optional.of(clock.instant()), false);
        KnownList fresh = KnownList.of(der, origin);
        if (kept.isPresent()
                && kept.get().header().sha256().equals(fresh.header().sha256())) {
            return confirm(address, kept.get(), version);
        }
        KnownList signed = signed(fresh, der, keys, kept.isPresent());
        if (kept.isPresent() && signed.header().isOlderThan(kept.get().header())) {
            throw new IOException("a list of " + signed.header().thisUpdate() + ", older than the one of "
                    + kept.get().header().thisUpdate() + " that is known already");
        }
        return keep(address, signed, Optional.of(der));
    }

    /** The list with its signer; one of an issuer that is not known goes to the full processing, which may know it. */
    private static KnownList signed(KnownList fresh, byte[] der, Keys keys, boolean replaces) throws IOException {
        List<PublicKey> candidates = keys.of(fresh.header().issuer());
        for (PublicKey key : candidates) {
            if (CrlReader.isSignedBy(der, key)) {
                return fresh.signedBy(key);
            }
        }
        if (candidates.isEmpty() && !fresh.header().plain() && !replaces) {
            return fresh;
        }
        String issuer = DistinguishedNames.text(fresh.header().issuer());
        throw new IOException(
                candidates.isEmpty()
                        ? "a list of another issuer, " + issuer
                        : "a list that no key of " + issuer + " has signed");
    }

    private Fetched keep(URI address, KnownList list, Optional<byte[]> der) {
        return new Fetched(Optional.of(cache.keep(address, list, der)), Optional.empty());
    }
}
