package no.sertsynk.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.FigureSource;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncState.Memory;

/** Reads the state without changing it. */
public final class SqliteStatus implements FigureSource, AutoCloseable {
    /** Lines of history have no index by run: so many of the latest are looked through. */
    private static final int COUNTED_LINES = 20_000;

    private static final String FACTS =
            "c.sha256, c.serial, c.subject, c.not_before, c.not_after, h.sha256 IS NOT NULL AS by_hand";

    private final Connection connection;
    private final Optional<StateKey> key;

    private SqliteStatus(Connection connection, Optional<StateKey> key) {
        this.connection = connection;
        this.key = key;
    }

    /** The state of that folder; empty if no run has made one. */
    public static Optional<SqliteStatus> open(Path folder) {
        Path file = folder.resolve("state.db");
        return Files.exists(file)
                ? Optional.of(new SqliteStatus(
                        Database.openReadOnly(file), StateKey.read(folder.resolve(StateFolder.KEY_FILE))))
                : Optional.empty();
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw new StateException("the state could not be read: " + e.getMessage(), e);
        }
    }

    /** What a dry run needs. */
    public Memory recall() {
        return reading(() -> new Recall(connection).memory());
    }

    /** As {@link no.sertsynk.sync.SyncState#certificate}. */
    public synchronized Optional<PartnerCertificate> certificate(Sha256 sha256) {
        return reading(() -> SqliteState.certificate(connection, sha256));
    }

    /** As {@link no.sertsynk.sync.SyncState#answeredCertificates}. */
    public synchronized Map<Sha256, PartnerCertificate> answeredCertificates() {
        return reading(() -> SqliteState.answeredCertificates(connection));
    }

    /** As {@link no.sertsynk.sync.SyncState#fingerprint}. */
    public Optional<String> fingerprint(String text, Optional<Secret> secret) {
        return key.map(found -> found.fingerprint(text, secret));
    }

    @Override
    public Optional<LastRun> lastRun() {
        return reading(
                () -> Sql.first(connection, "SELECT * FROM run ORDER BY recorded DESC LIMIT 1", SqliteStatus::lastRun));
    }

    private static LastRun lastRun(ResultSet row) throws SQLException {
        return new LastRun(
                row.getString("run_id"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "finished_at"),
                Sql.optionalReason(row, "stopped_code", "stopped_message"),
                row.getInt("failing"));
    }

    @Override
    public List<RunRow> runs(int limit) {
        return reading(() -> Sql.query(
                connection, """
                SELECT r.*, COALESCE(c.changes, 0) AS changes FROM run r
                LEFT JOIN (
                  SELECT run_id, COUNT(*) AS changes FROM history
                  WHERE settled = 1 AND sha256 IS NOT NULL AND id > (SELECT MAX(id) FROM history) - ?
                  GROUP BY run_id) c ON c.run_id = r.run_id
                ORDER BY r.recorded DESC LIMIT ?
                """, row -> new RunRow(lastRun(row), row.getInt("changes")), COUNTED_LINES, limit));
    }

    @Override
    public List<Row> rows() {
        return reading(() -> Sql.query(
                connection,
                """
                SELECT DISTINCT e.her_id, COALESCE(p.name, '') AS name, e.purpose, e.role, d.until, d.takes_over, %1$s
                FROM entry e
                JOIN certificate c ON c.sha256 = e.sha256
                LEFT JOIN party p ON p.her_id = e.her_id
                LEFT JOIN decision d ON d.her_id = e.her_id AND d.purpose = e.purpose AND d.sha256 = e.sha256
                LEFT JOIN by_hand h ON h.her_id = e.her_id AND h.sha256 = e.sha256
                UNION ALL
                SELECT d.her_id, p.name, d.purpose, d.role, d.until, d.takes_over, %1$s
                FROM decision d
                JOIN certificate c ON c.sha256 = d.sha256
                JOIN party p ON p.her_id = d.her_id
                LEFT JOIN by_hand h ON h.her_id = d.her_id AND h.sha256 = d.sha256
                WHERE d.role = 'NEXT'
                ORDER BY 1, 3, 4, not_before DESC
                """.formatted(FACTS),
                row -> new Row(
                        Recall.herId(row),
                        row.getString("name"),
                        Purpose.valueOf(row.getString("purpose")),
                        Role.valueOf(row.getString("role")),
                        facts(row),
                        Sql.optionalInstant(row, "until"),
                        Sql.optionalInstant(row, "takes_over"),
                        row.getInt("by_hand") == 1)));
    }

    @Override
    public List<PartnerCertificate> certificates() {
        return reading(() -> Sql.query(
                connection,
                "SELECT sha256, der FROM certificate WHERE sha256 IN (SELECT sha256 FROM entry UNION SELECT sha256 FROM"
                        + " decision WHERE role = 'NEXT')",
                Recall::certificate));
    }

    @Override
    public Map<HerId, PartyRow> parties() {
        Map<HerId, PartyRow> parties = new HashMap<>();
        reading(() -> Sql.query(
                        connection,
                        "SELECT her_id, name, organization_number, outcome FROM party",
                        row -> Map.entry(Recall.herId(row), party(row))))
                .forEach(entry -> parties.put(entry.getKey(), entry.getValue()));
        return parties;
    }

    private static PartyRow party(ResultSet row) throws SQLException {
        return new PartyRow(
                row.getString("name"),
                Optional.ofNullable(row.getString("organization_number")).flatMap(OrganizationNumber::parse),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf));
    }

    private static CertificateFacts facts(ResultSet row) throws SQLException {
        return new CertificateFacts(
                new Sha256(row.getString("sha256")),
                Sql.integer(row, "serial"),
                row.getString("subject"),
                Sql.instant(row, "not_before"),
                Sql.instant(row, "not_after"));
    }

    @Override
    public List<Problem> problems() {
        return reading(() -> Sql.query(
                connection,
                "SELECT p.*, c.not_after FROM problem p LEFT JOIN certificate c ON c.sha256 = p.sha256 ORDER BY"
                        + " p.her_id, p.warning, p.code",
                row -> new Problem(
                        new HerId(row.getInt("her_id")),
                        Reason.of(ReasonCode.valueOf(row.getString("code")), row.getString("message")),
                        row.getInt("warning") == 1,
                        Sql.instant(row, "since"),
                        Optional.ofNullable(row.getString("purpose")).map(Purpose::valueOf),
                        Sql.optionalInstant(row, "not_after"))));
    }

    @Override
    public List<KeystoreRow> keystores() {
        return reading(() -> Sql.query(
                connection,
                "SELECT k.*, (SELECT COUNT(*) FROM entry e WHERE e.keystore = k.name) AS entries FROM keystore k ORDER"
                        + " BY k.name",
                row -> new KeystoreRow(
                        row.getString("name"),
                        row.getString("path"),
                        row.getInt("generation"),
                        row.getInt("entries"),
                        Sql.optionalReason(row, "problem_code", "problem_message"),
                        Sql.optionalInstant(row, "problem_since"),
                        KeystoreRecords.hold(row))));
    }

    @Override
    public List<GenerationRow> generations(String keystore, int limit) {
        return reading(() -> Sql.query(
                connection,
                """
                SELECT generation, MAX(at) AS at, MAX(actor) AS actor,
                  SUM(CASE WHEN action = 'ADD' THEN 1 ELSE 0 END) AS added,
                  SUM(CASE WHEN action = 'REMOVE' THEN 1 ELSE 0 END) AS removed,
                  SUM(CASE WHEN action IN ('ADD', 'REMOVE') THEN 0 ELSE 1 END) AS changed
                FROM history
                WHERE keystore = ? AND settled = 1 AND sha256 IS NOT NULL
                  AND generation > (SELECT generation FROM keystore WHERE name = ?) - ?
                GROUP BY generation ORDER BY generation DESC
                """,
                row -> new GenerationRow(
                        row.getInt("generation"),
                        Sql.instant(row, "at"),
                        row.getString("actor"),
                        row.getInt("added"),
                        row.getInt("removed"),
                        row.getInt("changed")),
                keystore,
                keystore,
                limit));
    }

    @Override
    public List<HookRow> hooks() {
        return reading(() -> Sql.query(
                connection,
                "SELECT h.* FROM hook h JOIN keystore k ON k.name = h.keystore WHERE k.generation > h.announced ORDER"
                        + " BY h.keystore, h.label",
                row -> new HookRow(
                        row.getString("keystore"),
                        row.getString("label"),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("failure")),
                        Sql.optionalInstant(row, "since"),
                        Sql.optionalInstant(row, "next_at"))));
    }

    @Override
    public List<HistoryRow> history(Optional<HerId> herId, int limit) {
        return reading(() -> Sql.query(
                connection,
                "SELECT * FROM history WHERE settled = 1 AND (? IS NULL OR her_id = ?) ORDER BY id DESC LIMIT ?",
                row -> new HistoryRow(
                        Sql.instant(row, "at"),
                        row.getString("run_id"),
                        row.getString("actor"),
                        row.getString("keystore"),
                        row.getInt("generation"),
                        row.getString("action").toLowerCase(Locale.ROOT),
                        line(row),
                        row.getString("reason"),
                        row.getString("output")),
                herId.map(HerId::value),
                herId.map(HerId::value),
                limit));
    }

    private static Optional<HistoryLine> line(ResultSet row) throws SQLException {
        String sha256 = row.getString("sha256");
        return sha256 == null
                ? Optional.empty()
                : Optional.of(new HistoryLine(
                        row.getString("alias"),
                        Recall.herId(row),
                        Purpose.valueOf(row.getString("purpose")),
                        new Sha256(sha256),
                        row.getString("subject")));
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return reading(() -> Sql.query(
                        connection,
                        "SELECT MAX(finished_at) AS at FROM run WHERE stopped_code IS NULL",
                        row -> Sql.optionalInstant(row, "at"))
                .getFirst());
    }

    @Override
    public Map<HerId, Outcome> outcomes() {
        Map<HerId, Outcome> outcomes = new HashMap<>();
        reading(() -> Sql.query(
                        connection,
                        "SELECT her_id, outcome FROM party WHERE outcome IS NOT NULL",
                        row -> Map.entry(Recall.herId(row), Outcome.valueOf(row.getString("outcome")))))
                .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue()));
        return outcomes;
    }

    @Override
    public Map<Judged, Set<ReasonCode>> findings() {
        Map<Judged, Set<ReasonCode>> findings = new HashMap<>();
        reading(() -> Sql.query(
                        connection,
                        """
                        SELECT her_id, purpose, sha256, code AS codes FROM problem WHERE sha256 IS NOT NULL
                        UNION ALL
                        SELECT d.her_id, d.purpose, d.sha256, c.codes FROM decision d
                        JOIN certificate c ON c.sha256 = d.sha256 WHERE c.codes <> ''
                        """,
                        row -> Map.entry(
                                new Judged(
                                        Recall.herId(row),
                                        Purpose.valueOf(row.getString("purpose")),
                                        new Sha256(row.getString("sha256"))),
                                row.getString("codes"))))
                .forEach(found -> {
                    Set<ReasonCode> codes =
                            findings.computeIfAbsent(found.getKey(), key -> EnumSet.noneOf(ReasonCode.class));
                    for (String code : found.getValue().split(" ")) {
                        codes.add(ReasonCode.valueOf(code));
                    }
                });
        return findings;
    }

    @Override
    public Map<String, Instant> lastChanges() {
        Map<String, Instant> changes = new HashMap<>();
        reading(() -> Sql.query(
                        connection,
                        "SELECT keystore, MAX(at) AS at FROM history WHERE settled = 1 AND alias IS NOT NULL GROUP BY"
                                + " keystore",
                        row -> Map.entry(row.getString("keystore"), Sql.instant(row, "at"))))
                .forEach(entry -> changes.put(entry.getKey(), entry.getValue()));
        return changes;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StateException("the state could not be closed: " + e.getMessage(), e);
        }
    }
}
