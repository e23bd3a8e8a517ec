package no.sertsynk.sync;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;

/** What figures for monitoring are made of, as the latest runs left it. */
public interface FigureSource extends StatusSource {
    /** When the last run ended that was not stopped; empty if none is known. */
    Optional<Instant> lastSuccess();

    /** How each party fared in the last run that looked at it. */
    Map<HerId, Outcome> outcomes();

    /** What was found wrong or doubtful with certificates, where anything was. */
    Map<Judged, Set<ReasonCode>> findings();

    /** When an entry of each keystore was last changed. */
    Map<String, Instant> lastChanges();

    /** A certificate in its use by a party. */
    record Judged(HerId herId, Purpose purpose, Sha256 sha256) {}
}
