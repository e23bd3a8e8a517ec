package no.sertsynk.service.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;

/** What is to be done at other times than a sync. Called by the one thread that does runs, so that no run is met. */
public interface Duties {
    /** When certificates that are known begin, the first of those after that time, and whose they are. */
    Optional<Start> nextStart(Instant after);

    /** Parties that have a certificate which begins then. */
    record Start(Instant at, Set<HerId> parties) {}

    /** Renews what is known of revocations before it ends. */
    void refreshRevocations();

    /** Tells of what ends soon. */
    void warnOfExpiry();
}
