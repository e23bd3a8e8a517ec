package no.sertsynk.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.SyncReport;

/** What became of certificates that were handed over, as JSON and as text. */
record ImportOutput(HerId herId, List<Row> rows, Optional<SyncReport> report) {

    /**
     * One certificate, or a file without.
     *
     * @param file where it was found, in an archive behind {@code !}
     * @param decisions one for each purpose that it serves
     * @param reasons why it is not installed
     */
    record Row(
            String file,
            Optional<PartnerCertificate> certificate,
            List<CertificateReport> decisions,
            List<Reason> reasons) {
        static Row of(String file, PartnerCertificate certificate) {
            return new Row(file, Optional.of(certificate), List.of(), List.of());
        }

        static Row unreadable(String file, Reason reason) {
            return new Row(file, Optional.empty(), List.of(), List.of(reason));
        }

        /** Whether it is installed, or will be when its time comes. */
        boolean isAccepted() {
            return reasons.isEmpty() && decisions.stream().anyMatch(decision -> decision.role() != Role.NONE);
        }

        /** The same with whether it could be taken back: only what was handed over for the party can. */
        Row takenBack(List<PartnerCertificate> taken) {
            if (certificate.isEmpty() || taken.contains(certificate.get())) {
                return this;
            }
            Reason reason = Reason.of(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected a certificate that was handed over for the party, found none such;"
                            + " sertsynk status marks those that are (by hand)");
            return new Row(file, certificate, decisions, List.of(reason));
        }

        /** The same with what a run made of it. */
        Row decided(SyncReport report) {
            if (certificate.isEmpty()) {
                return this;
            }
            List<CertificateReport> found = report.parties().stream()
                    .flatMap(party -> party.certificates().stream())
                    .filter(decision -> decision.certificate().equals(certificate.get()))
                    .toList();
            Set<Reason> why = new LinkedHashSet<>();
            report.stopped().ifPresent(why::add);
            found.stream()
                    .filter(decision -> decision.role() == Role.NONE)
                    .forEach(decision -> why.addAll(decision.reasons()));
            if (found.isEmpty()) {
                why.add(Reason.of(
                        ReasonCode.WRONG_KEY_USAGE,
                        "expected a key usage for a purpose that a keystore wants of the party, found none"));
            }
            return new Row(file, certificate, found, List.copyOf(why));
        }
    }

    String json() {
        return Json.object(json -> {
            json.put("herId", herId.value()).putObjects("imported", rows, ImportOutput::row);
            report.ifPresent(run -> json.putObject("sync", inner -> SyncOutput.content(inner, run)));
        });
    }

    private static void row(Json json, Row row) {
        json.put("file", row.file())
                .put("accepted", row.isAccepted())
                .putOptional("subject", row.certificate().map(PartnerCertificate::subject))
                .putOptional("serial", row.certificate().map(PartnerCertificate::serial))
                .putOptional("sha256", row.certificate().map(PartnerCertificate::sha256))
                .putObjects(
                        "decisions",
                        row.decisions(),
                        (inner, decision) -> inner.put(
                                        "purpose", decision.purpose().id())
                                .put("role", decision.role().id())
                                .put("action", decision.action().id()))
                .putReasons("reasons", row.reasons());
    }

    void text(Console console) {
        Table table = new Table();
        for (Row row : rows) {
            List<String> roles = new ArrayList<>();
            row.decisions().stream()
                    .filter(decision -> decision.role() != Role.NONE)
                    .forEach(decision ->
                            roles.add(console.words(decision.purpose().id()) + " "
                                    + console.words(decision.role().id())));
            table.add(
                    row.isAccepted() ? console.good(console.say("accepted")) : console.bad(console.say("refused")),
                    Escape.text(row.file()),
                    String.join(", ", roles),
                    Escape.text(
                            row.certificate().map(PartnerCertificate::toString).orElse("")));
            row.reasons().forEach(reason -> table.add("", "  " + console.reason(reason)));
        }
        table.lines().forEach(console.out()::println);
        report.ifPresent(run -> SyncOutput.keystores(run, console));
    }
}
