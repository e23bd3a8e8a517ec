package no.sertsynk.register;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;

/**
 * Adresseregisteret. Safe for threads: several calls may be in flight; the implementation bounds their number. A call
 * blocks until there is an answer, the time limit (with its bounded retries) has passed, or the thread is interrupted,
 * which counts as no answer.
 */
public interface Register extends AutoCloseable {
    /**
     * The party with that HER-id.
     *
     * @throws RegisterException PARTY_UNKNOWN if there is none
     */
    CommunicationParty lookUp(HerId herId) throws RegisterException;

    /** The certificates that the register itself found for the party; asks once for each purpose. */
    OwnCertificates ownCertificates(HerId herId) throws RegisterException;

    /**
     * When the register last changed each of these parties, in few questions for many of them. Parties may be missing from
     * the answer. Empty if this way to the register cannot tell.
     */
    default Optional<Changes> changes(Set<HerId> herIds) throws RegisterException {
        return Optional.empty();
    }

    /**
     * When parties were last changed.
     *
     * @param source which register says so: its times are not to be compared with another's
     */
    record Changes(String source, Map<HerId, Instant> lastUpdated) {
        public Changes {
            lastUpdated = Map.copyOf(lastUpdated);
        }

        public Optional<Instant> lastUpdated(HerId herId) {
            return Optional.ofNullable(lastUpdated.get(herId));
        }
    }

    /** Asks whether the service is there, and answers what it says. */
    String ping() throws RegisterException;

    /**
     * How far the register's clock (the HTTP Date of its latest answer) was ahead of ours when it answered; empty before
     * the first answer that had one. Precision: seconds.
     */
    Optional<Duration> clockOffset();

    @Override
    void close();
}
