package no.sertsynk.state;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.SyncState.Memory;

/** Reads the state without changing it. */
public final class SqliteStatus implements StatusSource, AutoCloseable {
    private final Connection connection;

    private SqliteStatus(Connection connection) {
        this.connection = connection;
    }

    /** The state of that folder; empty if no run has made one. */
    public static Optional<SqliteStatus> open(Path folder) {
        Path file = folder.resolve("state.db");
        return Files.exists(file) ? Optional.of(new SqliteStatus(Database.openReadOnly(file))) : Optional.empty();
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
        return reading(() -> SqliteState.recall(connection));
    }

    @Override
    public Optional<LastRun> lastRun() {
        return reading(() -> Sql.query(
                        connection,
                        "SELECT * FROM run ORDER BY recorded DESC LIMIT 1",
                        row -> new LastRun(
                                row.getString("run_id"),
                                Sql.instant(row, "started_at"),
                                Sql.instant(row, "finished_at"),
                                Sql.optionalReason(row, "stopped_code", "stopped_message"),
                                row.getInt("failing")))
                .stream()
                .findFirst());
    }

    @Override
    public List<Row> rows() {
        return reading(() -> Sql.query(
                connection,
                "SELECT d.her_id, p.name, d.purpose, d.role, d.until, c.* FROM decision d JOIN certificate c ON"
                        + " c.sha256 = d.sha256 JOIN party p ON p.her_id = d.her_id WHERE d.role <> 'NONE' ORDER BY"
                        + " d.her_id, d.purpose, d.role, c.not_before DESC",
                row -> new Row(
                        new HerId(row.getInt("her_id")),
                        row.getString("name"),
                        Purpose.valueOf(row.getString("purpose")),
                        Role.valueOf(row.getString("role")),
                        facts(row),
                        Sql.optionalInstant(row, "until"))));
    }

    @Override
    public List<PartnerCertificate> certificates() {
        return reading(() -> Sql.query(
                connection,
                "SELECT der FROM certificate WHERE sha256 IN (SELECT sha256 FROM decision WHERE role <> 'NONE')",
                row -> certificate(row.getBytes("der"))));
    }

    private static PartnerCertificate certificate(byte[] der) throws SQLException {
        try {
            return PartnerCertificate.parse(der);
        } catch (MalformedCertificateException e) {
            throw new SQLException("a stored certificate cannot be read", e);
        }
    }

    private static CertificateFacts facts(ResultSet row) throws SQLException {
        return new CertificateFacts(
                new Sha256(row.getString("sha256")),
                new BigInteger(row.getString("serial")),
                row.getString("subject"),
                Sql.instant(row, "not_before"),
                Sql.instant(row, "not_after"));
    }

    @Override
    public List<Problem> problems() {
        return reading(() -> Sql.query(
                connection,
                "SELECT DISTINCT her_id, code, message, warning, since FROM problem ORDER BY her_id, warning, code",
                row -> new Problem(
                        new HerId(row.getInt("her_id")),
                        Reason.of(ReasonCode.valueOf(row.getString("code")), row.getString("message")),
                        row.getInt("warning") == 1,
                        Sql.instant(row, "since"))));
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
                        Sql.optionalReason(row, "problem_code", "problem_message"))));
    }

    @Override
    public List<HistoryRow> history(Optional<HerId> herId, int limit) {
        return reading(() -> Sql.query(
                connection,
                "SELECT * FROM change WHERE (? IS NULL OR her_id = ?) ORDER BY id DESC LIMIT ?",
                row -> new HistoryRow(
                        Sql.instant(row, "at"),
                        row.getString("run_id"),
                        row.getString("keystore"),
                        Action.valueOf(row.getString("action")),
                        row.getString("alias"),
                        new HerId(row.getInt("her_id")),
                        Purpose.valueOf(row.getString("purpose")),
                        new Sha256(row.getString("sha256")),
                        row.getString("subject"),
                        row.getString("reason")),
                herId.map(HerId::value).orElse(null),
                herId.map(HerId::value).orElse(null),
                limit));
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
