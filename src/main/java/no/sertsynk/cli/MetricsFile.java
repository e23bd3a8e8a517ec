package no.sertsynk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import no.sertsynk.app.UsageException;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;

/** The figures of a run in the Prometheus text format, for the collector of text files. */
final class MetricsFile {
    private MetricsFile() {}

    /** Replaces the file atomically. */
    static void write(Path file, SyncReport report) throws UsageException {
        write(file, text(report));
    }

    /** Replaces the file atomically. */
    static void write(Path file, String text) throws UsageException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UsageException("--metrics-file: " + file + " cannot be written: " + e);
        }
    }

    static String text(SyncReport report) {
        StringBuilder text = new StringBuilder();
        text.append("# TYPE sertsynk_sync_finished_timestamp_seconds gauge\n")
                .append("sertsynk_sync_finished_timestamp_seconds ")
                .append(report.finishedAt().getEpochSecond())
                .append('\n');
        text.append("# TYPE sertsynk_parties gauge\n");
        for (Outcome outcome : Outcome.values()) {
            text.append("sertsynk_parties{outcome=\"")
                    .append(outcome.name().toLowerCase(Locale.ROOT))
                    .append("\"} ")
                    .append(report.count(outcome))
                    .append('\n');
        }
        text.append("# TYPE sertsynk_certificate_not_after_timestamp_seconds gauge\n");
        for (PartyReport party : report.parties()) {
            for (CertificateReport certificate : party.certificates()) {
                if (certificate.role() == Role.CURRENT) {
                    text.append("sertsynk_certificate_not_after_timestamp_seconds{her_id=\"")
                            .append(party.herId())
                            .append("\",purpose=\"")
                            .append(certificate.purpose())
                            .append("\"} ")
                            .append(certificate.certificate().notAfter().getEpochSecond())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
