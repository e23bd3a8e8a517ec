package no.sertsynk.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sync.StatusSource.Row;

/**
 * A page to print that goes with exported certificates to whoever installs them. Needs nothing but itself: no script, no
 * address.
 */
final class ExportSheet {
    private static final String STYLE = """
        body{font:10pt/1.35 system-ui,sans-serif;margin:1.2cm;color:#000;background:#fff}
        h1{font-size:15pt;margin:0 0 .2em}table{border-collapse:collapse;width:100%}
        th,td{border:1px solid #888;padding:.25em .4em;text-align:left;vertical-align:top}
        thead{display:table-header-group}tr{break-inside:avoid}td:nth-child(3){white-space:nowrap}
        code{font:8.5pt/1.3 ui-monospace,monospace;overflow-wrap:anywhere}ol{padding-left:1.4em}
        .sign td{height:1.6em;width:50%}@page{size:A4;margin:1.2cm}@media print{body{margin:0}}
        """;
    private static final int GROUP = 4;

    private final Console console;
    private final String file;
    private final Instant now;

    /** @param file the name of the file with the certificates */
    ExportSheet(Console console, String file, Instant now) {
        this.console = console;
        this.file = file;
        this.now = now;
    }

    /**
     * A certificate and what it is for.
     *
     * @param purpose with the role; an alias if nothing is known of it
     */
    record Line(
            PartnerCertificate certificate,
            Optional<HerId> herId,
            String name,
            String purpose,
            String role,
            Optional<Instant> until) {
        static Line of(PartnerCertificate certificate, Row row) {
            return new Line(
                    certificate,
                    Optional.of(row.herId()),
                    row.name(),
                    row.purpose().id(),
                    row.role().id(),
                    row.until());
        }

        static Line unknown(String alias, PartnerCertificate certificate) {
            return new Line(certificate, Optional.empty(), alias, "", "", Optional.empty());
        }
    }

    String html(List<Line> lines) {
        List<String> page = new ArrayList<>();
        page.add("<!DOCTYPE html>");
        page.add("<html lang=\"" + console.language().id() + "\"><head><meta charset=\"utf-8\">");
        page.add("<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        page.add("<title>" + say("Certificates to install") + "</title><style>" + STYLE + "</style></head><body>");
        page.add("<h1>" + say("Certificates to install") + "</h1>");
        page.add("<p>"
                + text(console.say(
                        "Made by sertsynk {0}. The certificates are in the file {1}.", SyncOutput.day(now), file))
                + "</p>");
        page.add("<ol>");
        page.add("<li>" + say("Compare the SHA-256 of each certificate, as the system shows it, with this sheet.")
                + "</li>");
        page.add("<li>"
                + say("Install them where the system keeps the certificates of communication parties, beside"
                        + " what is there.")
                + "</li>");
        page.add("<li>"
                + say("Use the current one for what is sent from now on; leave the parallel ones until the day"
                        + " they leave.")
                + "</li>");
        page.add("<li>" + say("Ask for a new sheet before the first of them ends:") + " <strong>" + first(lines)
                + "</strong></li>");
        page.add("</ol><table><thead><tr>");
        for (String head : List.of("Party", "Purpose", "Valid", "Certificate")) {
            page.add("<th>" + text(console.words(head)) + "</th>");
        }
        page.add("</tr></thead><tbody>");
        lines.forEach(line -> page.add(row(line)));
        page.add("</tbody></table><p></p><table class=\"sign\"><tbody><tr><td>" + say("Installed on") + "</td><td>"
                + say("by") + "</td></tr></tbody></table></body></html>");
        return String.join("\n", page) + "\n";
    }

    private static String first(List<Line> lines) {
        return lines.stream()
                .map(line -> line.certificate().notAfter())
                .min(Instant::compareTo)
                .map(SyncOutput::day)
                .orElse("");
    }

    private String row(Line line) {
        PartnerCertificate certificate = line.certificate();
        String party = line.herId().map(herId -> "HER-id " + herId + "<br>").orElse("") + text(line.name());
        String purpose = text(console.words(line.purpose())) + "<br>" + text(console.words(line.role()))
                + line.until()
                        .map(until -> "<br>" + text(console.say("leaves {0}", SyncOutput.day(until))))
                        .orElse("");
        return "<tr><td>" + party + "</td><td>" + purpose + "</td><td>"
                + SyncOutput.day(certificate.notBefore()) + "<br>" + SyncOutput.day(certificate.notAfter())
                + "</td><td>" + text(certificate.subject()) + "<br>" + say("issued by") + " "
                + text(certificate.issuer()) + "<br>" + say("serial number") + " <code>" + certificate.serialHex()
                + "</code><br>SHA-256 <code>" + grouped(certificate.sha256().hex()) + "</code></td></tr>";
    }

    private static String grouped(String digits) {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < digits.length(); i += GROUP) {
            grouped.append(i == 0 ? "" : " ").append(digits, i, i + GROUP);
        }
        return grouped.toString();
    }

    private String say(String english) {
        return text(console.say(english));
    }

    private static String text(String text) {
        return Escape.text(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
