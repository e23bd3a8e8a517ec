package no.sertsynk.state;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import org.jspecify.annotations.Nullable;

/** Stores every certificate that a run met, its verdict, and the verdicts before where they differ. */
final class CertificateRecorder {
    private final Connection connection;
    private final SyncReport report;

    CertificateRecorder(Connection connection, SyncReport report) {
        this.connection = connection;
        this.report = report;
    }

    void record() throws SQLException {
        Map<Sha256, CertificateReport> certificates = new LinkedHashMap<>();
        List<@Nullable Object[]> decisions = new ArrayList<>();
        for (PartyReport party : report.parties()) {
            for (CertificateReport row : party.certificates()) {
                certificates.putIfAbsent(row.certificate().sha256(), row);
                decisions.add(Sql.row(
                        party.herId().value(),
                        row.purpose().name(),
                        row.certificate().sha256(),
                        row.role(),
                        row.action(),
                        row.until(),
                        row.takesOver(),
                        Sql.lines(row.reasons())));
            }
        }
        List<CertificateReport> rows = List.copyOf(certificates.values());
        recordVerdicts(rows);
        recordCertificates(rows);
        Sql.batch(
                connection,
                "INSERT INTO decision (her_id, purpose, sha256, role, action, until, takes_over, reasons) VALUES"
                        + " (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                decisions,
                row -> row);
    }

    /** A verdict counts as another one if its codes differ: what messages say of times and servers changes all the time. */
    private void recordVerdicts(List<CertificateReport> rows) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO verdict (sha256, at, run_id, verdict, codes, reasons, evidence) SELECT ?,?,?,?,?,?,? WHERE"
                        + " NOT EXISTS (SELECT 1 FROM certificate WHERE sha256 = ? AND verdict = ? AND codes = ?)",
                rows,
                (CertificateReport row) -> {
                    Assessment assessment = row.assessment();
                    Sha256 sha256 = row.certificate().sha256();
                    String codes = codes(assessment);
                    return Sql.row(
                            sha256,
                            report.startedAt(),
                            report.runId(),
                            assessment.verdict(),
                            codes,
                            Sql.lines(assessment.reasons()),
                            Sql.lines(assessment.evidence()),
                            sha256,
                            assessment.verdict(),
                            codes);
                });
    }

    private static String codes(Assessment assessment) {
        return assessment.reasons().stream()
                .map(reason -> reason.code().name())
                .distinct()
                .sorted()
                .collect(joining(" "));
    }

    /** Most are known: only those that are not are written whole. */
    private void recordCertificates(List<CertificateReport> rows) throws SQLException {
        int[] known = Sql.batch(
                connection,
                "UPDATE certificate SET verdict = ?, verdict_at = ?, codes = ?, reasons = ?, evidence = ? WHERE sha256"
                        + " = ?",
                rows,
                (CertificateReport row) -> Sql.row(
                        row.assessment().verdict(),
                        report.startedAt(),
                        codes(row.assessment()),
                        Sql.lines(row.assessment().reasons()),
                        Sql.lines(row.assessment().evidence()),
                        row.certificate().sha256()));
        List<CertificateReport> unknown = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0) {
                unknown.add(rows.get(i));
            }
        }
        Sql.batch(
                connection,
                "INSERT INTO certificate (sha256, der, serial, subject, issuer, not_before, not_after, first_seen,"
                        + " verdict, verdict_at, reasons, evidence, codes) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                unknown,
                (CertificateReport row) -> {
                    PartnerCertificate certificate = row.certificate();
                    return Sql.row(
                            certificate.sha256(),
                            certificate.der(),
                            certificate.serial(),
                            certificate.subject(),
                            certificate.issuer(),
                            certificate.notBefore(),
                            certificate.notAfter(),
                            report.startedAt(),
                            row.assessment().verdict(),
                            report.startedAt(),
                            Sql.lines(row.assessment().reasons()),
                            Sql.lines(row.assessment().evidence()),
                            codes(row.assessment()));
                });
    }
}
