package no.sertsynk.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState;

/** The state in SQLite. All methods take turns on one connection. */
public final class SqliteState implements SyncState, AutoCloseable {
    private static final int KEPT_RUNS = 1_000;
    private static final int KEPT_CHANGES = 10_000;

    private final Connection connection;

    private SqliteState(Connection connection) {
        this.connection = connection;
    }

    /** The state of the folder, made or migrated if need be. */
    public static SqliteState open(StateFolder folder) {
        return new SqliteState(Database.open(folder));
    }

    /** A transaction's work. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    private synchronized <T> T transaction(Work<T> work) {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException e) {
            try {
                connection.rollback();
            } catch (SQLException failed) {
                e.addSuppressed(failed);
            }
            throw new StateException("the state could not be read or written: " + e.getMessage(), e);
        }
    }

    @Override
    public Memory recall() {
        return transaction(() -> recall(connection));
    }

    static Memory recall(Connection connection) throws SQLException {
        Optional<Instant> last = Sql.query(
                        connection,
                        "SELECT started_at FROM run ORDER BY recorded DESC LIMIT 1",
                        row -> Sql.instant(row, "started_at"))
                .stream()
                .findFirst();
        Map<String, KeystoreMemory> keystores = new HashMap<>();
        Sql.query(
                connection,
                "SELECT name, generation FROM keystore",
                row -> keystores.put(
                        row.getString("name"),
                        new KeystoreMemory(row.getInt("generation"), entries(connection, row.getString("name")))));
        return new Memory(last, keystores, parties(connection));
    }

    private static List<Entry> entries(Connection connection, String keystore) throws SQLException {
        return Sql.query(
                connection,
                "SELECT * FROM entry WHERE keystore = ? ORDER BY alias",
                row -> new Entry(
                        row.getString("alias"),
                        new Sha256(row.getString("sha256")),
                        new HerId(row.getInt("her_id")),
                        Purpose.valueOf(row.getString("purpose")),
                        Role.valueOf(row.getString("role")),
                        Sql.instant(row, "installed_at")),
                keystore);
    }

    private static Map<HerId, PartyMemory> parties(Connection connection) throws SQLException {
        Map<Integer, Set<OrganizationNumber>> organizations = new HashMap<>();
        Sql.query(
                connection,
                "SELECT * FROM organization",
                row -> organizations
                        .computeIfAbsent(row.getInt("her_id"), key -> new HashSet<>())
                        .add(new OrganizationNumber(row.getString("number"))));
        Map<Integer, List<String>> strings = new HashMap<>();
        Sql.query(
                connection,
                "SELECT * FROM ldap_string ORDER BY her_id, place",
                row -> strings.computeIfAbsent(row.getInt("her_id"), key -> new java.util.ArrayList<>())
                        .add(row.getString("string")));
        Map<Integer, Map<Purpose, Sha256>> own = new HashMap<>();
        Sql.query(
                connection,
                "SELECT * FROM own_certificate",
                row -> own.computeIfAbsent(row.getInt("her_id"), key -> new HashMap<>())
                                .put(Purpose.valueOf(row.getString("purpose")), new Sha256(row.getString("sha256")))
                        == null);
        Map<Integer, Map<Sha256, Instant>> dropped = new HashMap<>();
        Sql.query(
                connection,
                "SELECT * FROM dropped",
                row -> dropped.computeIfAbsent(row.getInt("her_id"), key -> new HashMap<>())
                                .put(new Sha256(row.getString("sha256")), Sql.instant(row, "since"))
                        == null);
        Map<HerId, PartyMemory> parties = new HashMap<>();
        Sql.query(connection, "SELECT her_id, name, own_checked_at FROM party", row -> {
            int herId = row.getInt("her_id");
            return parties.put(
                            new HerId(herId),
                            new PartyMemory(
                                    new HerId(herId),
                                    row.getString("name"),
                                    organizations.getOrDefault(herId, Set.of()),
                                    strings.getOrDefault(herId, List.of()),
                                    Sql.optionalInstant(row, "own_checked_at"),
                                    own.getOrDefault(herId, Map.of()),
                                    dropped.getOrDefault(herId, Map.of())))
                    == null;
        });
        return parties;
    }

    @Override
    public void claim(String keystore, List<Entry> entries) {
        transaction(() -> {
            Sql.update(
                    connection,
                    "INSERT INTO keystore (name, path, generation) VALUES (?, '', 0) ON CONFLICT (name) DO NOTHING",
                    keystore);
            insertEntries(keystore, entries);
            return true;
        });
    }

    private void insertEntries(String keystore, List<Entry> entries) throws SQLException {
        batch(
                "INSERT INTO entry (keystore, alias, sha256, her_id, purpose, role, installed_at) VALUES"
                    + " (?,?,?,?,?,?,?) ON CONFLICT (keystore, alias) DO UPDATE SET sha256 = excluded.sha256, her_id ="
                    + " excluded.her_id, purpose = excluded.purpose, role = excluded.role, installed_at ="
                    + " excluded.installed_at",
                entries,
                (statement, entry) -> set(
                        statement,
                        keystore,
                        entry.alias(),
                        entry.sha256(),
                        entry.herId().value(),
                        entry.purpose().name(),
                        entry.role().name(),
                        entry.installedAt()));
    }

    private <T> void batch(String sql, Iterable<T> values, BiConsumer<PreparedStatement, T> setter)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T value : values) {
                setter.accept(statement, value);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, @org.jspecify.annotations.Nullable Object... parameters) {
        try {
            Sql.set(statement, parameters);
        } catch (SQLException e) {
            throw new StateException("a value could not be stored: " + e.getMessage(), e);
        }
    }

    @Override
    public void settle(
            String runId, Instant at, String keystore, int generation, List<Entry> entries, List<Change> changes) {
        transaction(() -> {
            Sql.update(
                    connection,
                    "INSERT INTO keystore (name, path, generation) VALUES (?, '', ?) ON CONFLICT (name) DO UPDATE SET"
                            + " generation = excluded.generation",
                    keystore,
                    generation);
            Sql.update(connection, "DELETE FROM entry WHERE keystore = ?", keystore);
            insertEntries(keystore, entries);
            batch(
                    "INSERT INTO change (at, run_id, keystore, action, alias, her_id, purpose, sha256, subject, reason)"
                            + " VALUES (?,?,?,?,?,?,?,?,?,?)",
                    changes,
                    (statement, change) -> set(
                            statement,
                            at,
                            runId,
                            keystore,
                            change.action().name(),
                            change.alias(),
                            change.herId().value(),
                            change.purpose().name(),
                            change.certificate().sha256(),
                            change.certificate().subject(),
                            change.reason()));
            Sql.update(connection, "DELETE FROM change WHERE id <= (SELECT MAX(id) FROM change) - ?", KEPT_CHANGES);
            return true;
        });
    }

    @Override
    public void record(SyncReport report, List<PartyMemory> parties) {
        transaction(() -> {
            recordRun(report);
            for (KeystoreReport keystore : report.keystores()) {
                Optional<Reason> problem = keystore.reasons().stream().findFirst();
                Sql.update(
                        connection,
                        "INSERT INTO keystore (name, path, generation, problem_code, problem_message) VALUES"
                                + " (?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET path = excluded.path, problem_code ="
                                + " excluded.problem_code, problem_message = excluded.problem_message",
                        keystore.name(),
                        keystore.path(),
                        keystore.generation(),
                        problem.map(Reason::code),
                        problem.map(Reason::message));
            }
            new PartyRecorder(report).record(parties);
            return true;
        });
    }

    private void recordRun(SyncReport report) throws SQLException {
        int failing =
                report.count(Outcome.FAILED) + report.count(Outcome.REJECTED) + report.count(Outcome.UNDETERMINED);
        Sql.update(
                connection,
                "INSERT INTO run (run_id, started_at, finished_at, recorded, stopped_code, stopped_message, failing)"
                        + " VALUES (?,?,?,(SELECT COALESCE(MAX(recorded), 0) + 1 FROM run),?,?,?)",
                report.runId(),
                report.startedAt(),
                report.finishedAt(),
                report.stopped().map(Reason::code),
                report.stopped().map(Reason::message),
                failing);
        Sql.update(connection, "DELETE FROM run WHERE recorded <= (SELECT MAX(recorded) FROM run) - ?", KEPT_RUNS);
    }

    /** Stores what a run found of its parties, replacing what was stored of them. */
    private final class PartyRecorder {
        private final SyncReport report;

        PartyRecorder(SyncReport report) {
            this.report = report;
        }

        void record(List<PartyMemory> memories) throws SQLException {
            Map<String, Instant> since = problemsSince();
            List<PartyReport> parties = report.parties();
            for (String table :
                    List.of("ldap_string", "organization", "own_certificate", "dropped", "decision", "problem")) {
                batch(
                        "DELETE FROM " + table + " WHERE her_id = ?",
                        parties,
                        (statement, party) -> set(statement, party.herId().value()));
            }
            Map<HerId, PartyMemory> remembered = new HashMap<>();
            memories.forEach(memory -> remembered.put(memory.herId(), memory));
            batch(
                    "INSERT INTO party (her_id, name, organization_number, outcome, own_checked_at, last_run) VALUES"
                            + " (?,?,?,?,?,?) ON CONFLICT (her_id) DO UPDATE SET name = excluded.name,"
                            + " organization_number = excluded.organization_number, outcome = excluded.outcome,"
                            + " own_checked_at = excluded.own_checked_at, last_run = excluded.last_run",
                    parties,
                    (statement, party) -> {
                        PartyMemory memory = remembered.get(party.herId());
                        set(
                                statement,
                                party.herId().value(),
                                party.name(),
                                party.organizationNumber(),
                                party.outcome().name(),
                                memory == null ? null : memory.ownCheckedAt(),
                                report.runId());
                    });
            for (PartyMemory memory : memories) {
                recordMemory(memory);
            }
            batch(
                    "INSERT INTO problem (her_id, code, message, warning, since) VALUES (?,?,?,?,?)",
                    parties.stream().flatMap(party -> problems(party).stream()).toList(),
                    (statement, problem) -> set(
                            statement,
                            problem.herId(),
                            problem.reason().code(),
                            problem.reason().message(),
                            problem.warning() ? 1 : 0,
                            since.getOrDefault(
                                    problem.herId() + " " + problem.reason().code(), report.startedAt())));
            recordCertificates();
        }

        private record StoredProblem(int herId, Reason reason, boolean warning) {}

        private List<StoredProblem> problems(PartyReport party) {
            List<StoredProblem> problems = new java.util.ArrayList<>();
            int herId = party.herId().value();
            party.reasons().forEach(reason -> problems.add(new StoredProblem(herId, reason, false)));
            party.warnings().forEach(reason -> problems.add(new StoredProblem(herId, reason, true)));
            for (CertificateReport certificate : party.certificates()) {
                certificate.reasons().forEach(reason -> problems.add(new StoredProblem(herId, reason, false)));
                certificate.warnings().forEach(reason -> problems.add(new StoredProblem(herId, reason, true)));
            }
            return problems;
        }

        private Map<String, Instant> problemsSince() throws SQLException {
            Map<String, Instant> since = new HashMap<>();
            Sql.query(
                    connection,
                    "SELECT her_id, code, MIN(since) AS since FROM problem GROUP BY her_id, code",
                    row -> since.put(row.getInt("her_id") + " " + row.getString("code"), Sql.instant(row, "since"))
                            == null);
            return since;
        }

        private void recordMemory(PartyMemory memory) throws SQLException {
            int herId = memory.herId().value();
            int place = 0;
            for (String string : memory.ldapStrings()) {
                Sql.update(connection, "INSERT INTO ldap_string VALUES (?,?,?)", herId, place++, string);
            }
            for (OrganizationNumber number : memory.organizations()) {
                Sql.update(connection, "INSERT INTO organization VALUES (?,?)", herId, number);
            }
            for (Map.Entry<Purpose, Sha256> own : memory.own().entrySet()) {
                Sql.update(
                        connection,
                        "INSERT INTO own_certificate VALUES (?,?,?)",
                        herId,
                        own.getKey().name(),
                        own.getValue());
            }
            for (Map.Entry<Sha256, Instant> dropped : memory.droppedAt().entrySet()) {
                Sql.update(
                        connection, "INSERT INTO dropped VALUES (?,?,?)", herId, dropped.getKey(), dropped.getValue());
            }
        }

        private void recordCertificates() throws SQLException {
            List<CertificateReport> certificates = report.parties().stream()
                    .flatMap(party -> party.certificates().stream())
                    .toList();
            batch(
                    "INSERT INTO certificate VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (sha256) DO UPDATE SET"
                        + " verdict = excluded.verdict, verdict_at = excluded.verdict_at, reasons = excluded.reasons,"
                        + " evidence = excluded.evidence",
                    certificates,
                    (statement, row) -> set(
                            statement,
                            row.certificate().sha256(),
                            row.certificate().der(),
                            row.certificate().serial(),
                            row.certificate().subject(),
                            row.certificate().issuer(),
                            row.certificate().notBefore(),
                            row.certificate().notAfter(),
                            report.startedAt(),
                            row.assessment().verdict().name(),
                            report.startedAt(),
                            Sql.lines(row.assessment().reasons()),
                            Sql.lines(row.assessment().evidence())));
            for (PartyReport party : report.parties()) {
                batch(
                        "INSERT INTO decision VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                        party.certificates(),
                        (statement, row) -> set(
                                statement,
                                party.herId().value(),
                                row.purpose().name(),
                                row.certificate().sha256(),
                                row.role().name(),
                                row.action().name(),
                                row.until(),
                                Sql.lines(row.reasons())));
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StateException("the state could not be closed: " + e.getMessage(), e);
        }
    }
}
