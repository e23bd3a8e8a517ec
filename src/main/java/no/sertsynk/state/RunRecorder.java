package no.sertsynk.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.KnownAnswer;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.PartyMemory;
import org.jspecify.annotations.Nullable;

/** Stores what one run found, in place of what was stored of its parties. Within the caller's transaction. */
final class RunRecorder {
    private static final int KEPT_RUNS = 1_000;
    private static final int KEPT_LINES = 100_000;

    private final Connection connection;
    private final SyncReport report;

    RunRecorder(Connection connection, SyncReport report) {
        this.connection = connection;
        this.report = report;
    }

    void record(List<PartyMemory> memories, boolean whole) throws SQLException {
        recordRun();
        recordKeystores();
        Map<String, Instant> since = problemsSince();
        recordParties(memories);
        recordProblems(since);
        new CertificateRecorder(connection, report).record();
        recordByHand(memories);
        if (whole) {
            forgetLeft();
        }
        Sql.update(connection, "DELETE FROM history WHERE id <= (SELECT MAX(id) FROM history) - ?", KEPT_LINES);
    }

    private void recordRun() throws SQLException {
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

    private void recordKeystores() throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO keystore (name, path, generation, problem_code, problem_message, problem_since) VALUES"
                    + " (?,?,0,?,?,?) ON CONFLICT (name) DO UPDATE SET path = excluded.path, problem_since = CASE WHEN"
                    + " problem_code = excluded.problem_code THEN problem_since ELSE excluded.problem_since END,"
                    + " problem_code = excluded.problem_code, problem_message = excluded.problem_message",
                report.keystores(),
                (KeystoreReport keystore) -> {
                    Optional<Reason> problem = keystore.reasons().stream().findFirst();
                    return Sql.row(
                            keystore.name(),
                            keystore.path(),
                            problem.map(Reason::code),
                            problem.map(Reason::message),
                            report.startedAt());
                });
    }

    private void recordParties(List<PartyMemory> memories) throws SQLException {
        Map<HerId, PartyMemory> remembered = new HashMap<>();
        memories.forEach(memory -> remembered.put(memory.herId(), memory));
        Sql.batch(
                connection,
                "INSERT INTO party (her_id, name, organization_number, outcome, own_checked_at, last_run) VALUES"
                    + " (?,?,?,?,?,?) ON CONFLICT (her_id) DO UPDATE SET name = excluded.name, organization_number ="
                    + " excluded.organization_number, outcome = excluded.outcome, own_checked_at ="
                    + " excluded.own_checked_at, last_run = excluded.last_run",
                report.parties(),
                (PartyReport party) -> {
                    PartyMemory memory = remembered.get(party.herId());
                    return Sql.row(
                            party.herId().value(),
                            party.name(),
                            party.organizationNumber(),
                            party.outcome(),
                            memory == null ? null : memory.ownCheckedAt(),
                            report.runId());
                });
        for (String table : List.of(
                "ldap_string",
                "organization",
                "own_certificate",
                "dropped",
                "answer",
                "answer_certificate",
                "decision",
                "problem",
                "by_hand")) {
            Sql.update(
                    connection,
                    "DELETE FROM " + table + " WHERE her_id IN (SELECT her_id FROM party WHERE last_run = ?)",
                    report.runId());
        }
        recordMemories(memories);
        recordAnswers(memories);
    }

    private void recordMemories(List<PartyMemory> memories) throws SQLException {
        List<@Nullable Object[]> strings = new ArrayList<>();
        List<@Nullable Object[]> organizations = new ArrayList<>();
        List<@Nullable Object[]> own = new ArrayList<>();
        List<@Nullable Object[]> dropped = new ArrayList<>();
        for (PartyMemory memory : memories) {
            int herId = memory.herId().value();
            int place = 0;
            for (String string : memory.ldapStrings()) {
                strings.add(Sql.row(herId, place++, string));
            }
            for (OrganizationNumber number : memory.organizations()) {
                organizations.add(Sql.row(herId, number));
            }
            memory.own().forEach((purpose, sha256) -> own.add(Sql.row(herId, purpose.name(), sha256)));
            memory.droppedAt().forEach((sha256, at) -> dropped.add(Sql.row(herId, sha256, at)));
        }
        Sql.batch(connection, "INSERT INTO ldap_string VALUES (?,?,?)", strings, row -> row);
        Sql.batch(connection, "INSERT INTO organization VALUES (?,?)", organizations, row -> row);
        Sql.batch(connection, "INSERT INTO own_certificate VALUES (?,?,?)", own, row -> row);
        Sql.batch(connection, "INSERT INTO dropped VALUES (?,?,?)", dropped, row -> row);
    }

    private void recordAnswers(List<PartyMemory> memories) throws SQLException {
        List<@Nullable Object[]> answers = new ArrayList<>();
        List<@Nullable Object[]> certificates = new ArrayList<>();
        for (PartyMemory memory : memories) {
            if (memory.answer().isPresent()) {
                KnownAnswer answer = memory.answer().get();
                int herId = memory.herId().value();
                answers.add(Sql.row(
                        herId,
                        answer.stamp().source(),
                        answer.stamp().lastUpdated(),
                        answer.stamp().parent().map(HerId::value),
                        answer.stamp().parentUpdated(),
                        answer.validTo(),
                        answer.organizationNumber(),
                        answer.parentOrganizationNumber()));
                int place = 0;
                for (Sha256 sha256 : answer.certificates()) {
                    certificates.add(Sql.row(herId, place++, sha256));
                }
            }
        }
        Sql.batch(connection, "INSERT INTO answer VALUES (?,?,?,?,?,?,?,?)", answers, row -> row);
        Sql.batch(connection, "INSERT INTO answer_certificate VALUES (?,?,?)", certificates, row -> row);
    }

    /** Since when each kind of problem of a party lasts. */
    private Map<String, Instant> problemsSince() throws SQLException {
        Map<String, Instant> since = new HashMap<>();
        Sql.query(
                        connection,
                        "SELECT her_id, code, sha256, MIN(since) AS since FROM problem GROUP BY her_id, code, sha256",
                        row -> Map.entry(
                                key(row.getInt("her_id"), row.getString("code"), row.getString("sha256")),
                                Sql.instant(row, "since")))
                .forEach(entry -> since.put(entry.getKey(), entry.getValue()));
        return since;
    }

    private static String key(int herId, String code, @Nullable String sha256) {
        return herId + " " + code + " " + sha256;
    }

    private void recordProblems(Map<String, Instant> since) throws SQLException {
        Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
        for (PartyReport party : report.parties()) {
            party.reasons().forEach(reason -> problem(rows, since, party, null, reason, false));
            party.warnings().forEach(reason -> problem(rows, since, party, null, reason, true));
            for (CertificateReport certificate : party.certificates()) {
                if (party.isConcern(certificate)) {
                    certificate.reasons().forEach(reason -> problem(rows, since, party, certificate, reason, false));
                }
                certificate.warnings().forEach(reason -> problem(rows, since, party, certificate, reason, true));
            }
        }
        Sql.batch(
                connection,
                "INSERT INTO problem (her_id, code, message, warning, since, purpose, sha256) VALUES (?,?,?,?,?,?,?)",
                rows.values(),
                row -> row);
    }

    /** The same problem is stored once, however often it is told. */
    private void problem(
            Map<String, @Nullable Object[]> rows,
            Map<String, Instant> since,
            PartyReport party,
            @Nullable CertificateReport certificate,
            Reason reason,
            boolean warning) {
        int herId = party.herId().value();
        String sha256 =
                certificate == null ? null : certificate.certificate().sha256().hex();
        String purpose = certificate == null ? null : certificate.purpose().name();
        rows.putIfAbsent(
                herId + " " + purpose + " " + sha256 + " " + reason,
                Sql.row(
                        herId,
                        reason.code(),
                        reason.message(),
                        warning ? 1 : 0,
                        since.getOrDefault(key(herId, reason.code().name(), sha256), report.startedAt()),
                        purpose,
                        sha256));
    }

    private void recordByHand(List<PartyMemory> memories) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (PartyMemory memory : memories) {
            for (PartnerCertificate certificate : memory.byHand()) {
                rows.add(Sql.row(memory.herId().value(), certificate.sha256()));
            }
        }
        Sql.batch(connection, "INSERT INTO by_hand VALUES (?,?)", rows, row -> row);
    }

    /**
     * What was found of parties that have left the configuration is no longer so, unless something of theirs is still
     * installed. Their accepted organisation numbers are kept: whoever comes back is to be the same.
     */
    private void forgetLeft() throws SQLException {
        for (String table : List.of("decision", "problem")) {
            Sql.update(
                    connection,
                    "DELETE FROM " + table
                            + " WHERE her_id IN (SELECT her_id FROM party WHERE last_run <> ?) AND her_id"
                            + " NOT IN (SELECT her_id FROM entry)",
                    report.runId());
        }
    }
}
