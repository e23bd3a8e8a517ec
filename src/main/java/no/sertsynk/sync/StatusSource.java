package no.sertsynk.sync;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;

/** What {@code status} and {@code history} show, as the latest runs left it. */
public interface StatusSource {
    /** The latest run that was no dry run; empty before the first. */
    Optional<LastRun> lastRun();

    /** One row for each party, purpose and certificate that is or will be installed. */
    List<Row> rows();

    /** The certificates of the rows, each once. */
    List<PartnerCertificate> certificates();

    /** Reasons and warnings of parties, with the time since when each has been so. */
    List<Problem> problems();

    List<KeystoreRow> keystores();

    /** Changes, the latest first. */
    List<HistoryRow> history(Optional<HerId> herId, int limit);

    record LastRun(String runId, Instant startedAt, Instant finishedAt, Optional<Reason> stopped, int failing) {}

    /** What is known of a certificate without reading it. */
    record CertificateFacts(Sha256 sha256, BigInteger serial, String subject, Instant notBefore, Instant notAfter) {}

    record Row(
            HerId herId,
            String name,
            Purpose purpose,
            Role role,
            CertificateFacts certificate,
            Optional<Instant> until) {}

    record Problem(HerId herId, Reason reason, boolean warning, Instant since) {}

    record KeystoreRow(String name, String path, int generation, int entries, Optional<Reason> problem) {}

    record HistoryRow(
            Instant at,
            String runId,
            String keystore,
            Action action,
            String alias,
            HerId herId,
            Purpose purpose,
            Sha256 sha256,
            String subject,
            String reason) {}
}
