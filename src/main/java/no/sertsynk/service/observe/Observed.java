package no.sertsynk.service.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.sync.FigureSource;

/**
 * What is so at a time.
 *
 * @param source what runs have left; empty before the first
 * @param lists the newest revocation list of each issuer
 */
public record Observed(Instant at, Scope scope, Optional<? extends FigureSource> source, List<RevocationList> lists) {
    public Observed {
        lists = List.copyOf(lists);
    }

    /**
     * A revocation list that is kept.
     *
     * @param issuer the name of a configured authority, or {@code other}
     * @param nextUpdate when its issuer promised the next; empty if it did not
     */
    public record RevocationList(String issuer, Optional<Instant> nextUpdate, long bytes) {}
}
