package no.sertsynk.validation.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import no.sertsynk.validation.fetch.Fetcher;

/**
 * Where revocation is asked for over the network.
 *
 * @param cache what is kept from run to run
 * @param clock of when something was fetched; what must be valid when is another matter
 * @param responses told of each question to a responder: good, revoked, unknown, refused or unavailable; safe for threads
 */
public record OnlineSources(Fetcher fetcher, RevocationCache cache, Clock clock, Consumer<String> responses) {
    /** The same without anybody who is told of answers. */
    public OnlineSources(Fetcher fetcher, RevocationCache cache, Clock clock) {
        this(fetcher, cache, clock, status -> {});
    }

    /**
     * Asks anew for every kept list whose issuer promised a newer one by then, so that no run has to wait for it. For a
     * background service, some time ahead of each list's end.
     *
     * @return what could not be renewed and why, one line each
     */
    public List<String> refresh(Instant dueBy) {
        return new FetchedCrls(fetcher, cache, clock, Duration.ZERO).refresh(dueBy);
    }
}
