package no.sertsynk.sync;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncState.Hold;

/** What {@code status} and {@code history} show, as the latest runs left it. */
public interface StatusSource {
    /** The latest run that was no dry run; empty before the first. */
    Optional<LastRun> lastRun();

    /** One row for each party, purpose and certificate that is or will be installed. */
    List<Row> rows();

    /** The certificates of the rows, each once. */
    List<PartnerCertificate> certificates();

    /** The latest runs that were no dry runs, the latest first. */
    List<RunRow> runs(int limit);

    /** What is known of the parties as the latest run that looked at each found it. */
    Map<HerId, PartyRow> parties();

    /** Reasons and warnings of parties, with the time since when each has been so. */
    List<Problem> problems();

    List<KeystoreRow> keystores();

    /** How the keystore came to hold what it holds, the latest generation first. */
    List<GenerationRow> generations(String keystore, int limit);

    /** Hooks that have not been told of what their keystore holds now. */
    List<HookRow> hooks();

    /** What happened, the latest first; of one party: what was done with its certificates. */
    List<HistoryRow> history(Optional<HerId> herId, int limit);

    record LastRun(String runId, Instant startedAt, Instant finishedAt, Optional<Reason> stopped, int failing) {}

    /**
     * A run.
     *
     * @param changes lines of history that it left
     */
    record RunRow(LastRun run, int changes) {}

    /**
     * A party.
     *
     * @param name what the register calls it
     * @param outcome of the latest run that looked at it
     */
    record PartyRow(String name, Optional<OrganizationNumber> organizationNumber, Optional<Outcome> outcome) {
        /** Of a party that no run has looked at. */
        public static final PartyRow UNKNOWN = new PartyRow("", Optional.empty(), Optional.empty());
    }

    /** What is known of a certificate without reading it. */
    record CertificateFacts(Sha256 sha256, BigInteger serial, String subject, Instant notBefore, Instant notAfter) {}

    /**
     * A certificate that is installed or known for later.
     *
     * @param until when a parallel one leaves
     * @param takesOver when an announcement that names it takes effect
     */
    record Row(
            HerId herId,
            String name,
            Purpose purpose,
            Role role,
            CertificateFacts certificate,
            Optional<Instant> until,
            Optional<Instant> takesOver,
            boolean byHand) {}

    /**
     * A reason or warning.
     *
     * @param purpose of the certificate that it is about; empty if it is about the party
     * @param notAfter the end of that certificate
     */
    record Problem(
            HerId herId,
            Reason reason,
            boolean warning,
            Instant since,
            Optional<Purpose> purpose,
            Optional<Instant> notAfter) {}

    record KeystoreRow(
            String name,
            String path,
            int generation,
            int entries,
            Optional<Reason> problem,
            Optional<Instant> problemSince,
            Optional<Hold> hold) {}

    /**
     * A generation of a keystore.
     *
     * @param actor on whose behalf it came about
     * @param added how many entries came
     * @param removed how many went
     * @param changed how many others were touched
     */
    record GenerationRow(int number, Instant at, String actor, int added, int removed, int changed) {}

    /**
     * A hook that is still to be told.
     *
     * @param failure why it could not be; empty if nobody has tried
     * @param since when the first failure was
     * @param nextAt before when it is not tried again
     */
    record HookRow(
            String keystore,
            String label,
            int attempts,
            Optional<String> failure,
            Optional<Instant> since,
            Optional<Instant> nextAt) {}

    /**
     * Something that happened to a keystore, or that an administrator took back for all of them.
     *
     * @param actor on whose behalf
     * @param action of the rollover, or {@code hold}, {@code release}, {@code hook}, {@code take-back}
     * @param line the certificate that it was done with; empty if it was about the keystore as a whole
     * @param output what a hook printed
     */
    record HistoryRow(
            Instant at,
            String runId,
            String actor,
            String keystore,
            int generation,
            String action,
            Optional<HistoryLine> line,
            String reason,
            String output) {}

    record HistoryLine(String alias, HerId herId, Purpose purpose, Sha256 sha256, String subject) {}
}
