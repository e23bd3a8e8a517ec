package no.sertsynk.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;

/** The report of a run as JSON and as text. */
final class SyncOutput {
    private static final int MANY_PARTIES = 20;

    private SyncOutput() {}

    static String json(SyncReport report) {
        return Json.object(json -> {
            json.put("runId", report.runId())
                    .put("startedAt", report.startedAt())
                    .put("finishedAt", report.finishedAt())
                    .put("dryRun", report.dryRun());
            report.stopped()
                    .ifPresent(reason -> json.putObject(
                            "stopped",
                            stopped -> stopped.put("code", reason.code().name()).put("message", reason.message())));
            json.putObjects("parties", report.parties(), SyncOutput::party)
                    .putObjects("keystores", report.keystores(), SyncOutput::keystore)
                    .putObject("summary", summary -> {
                        summary.put("parties", report.parties().size());
                        for (Outcome outcome : List.of(
                                Outcome.UPDATED,
                                Outcome.UNCHANGED,
                                Outcome.REJECTED,
                                Outcome.UNDETERMINED,
                                Outcome.FAILED)) {
                            summary.put(outcome.id(), report.count(outcome));
                        }
                    });
        });
    }

    private static void party(Json json, PartyReport party) {
        json.put("herId", party.herId().value())
                .put("name", party.name())
                .putOptional("organizationNumber", party.organizationNumber())
                .putTexts("ldapStrings", party.ldapStrings())
                .put("outcome", party.outcome().id())
                .putReasons("reasons", party.reasons())
                .putReasons("warnings", party.warnings())
                .putObjects("certificates", party.certificates(), SyncOutput::certificate);
    }

    private static void certificate(Json json, CertificateReport report) {
        json.put("purpose", report.purpose().id())
                .put("serial", report.certificate().serial().toString())
                .put("sha256", report.certificate().sha256().hex())
                .put("subject", report.certificate().subject())
                .put("notBefore", report.certificate().notBefore())
                .put("notAfter", report.certificate().notAfter())
                .put("role", report.role().id())
                .put("action", report.action().id());
        report.until().ifPresent(until -> json.put("until", until));
        json.putReasons("reasons", report.reasons()).putReasons("warnings", report.warnings());
    }

    private static void keystore(Json json, KeystoreReport keystore) {
        json.put("name", keystore.name())
                .put("path", keystore.path().toString())
                .put("changed", keystore.changed())
                .put("generation", keystore.generation())
                .put("entries", keystore.entries())
                .putReasons("reasons", keystore.reasons());
    }

    static void text(SyncReport report, Console console) {
        Table table = new Table();
        for (PartyReport party : report.parties()) {
            if (isShown(party, report, console)) {
                party(table, party, report.dryRun(), console);
            }
        }
        table.lines().forEach(console.out()::println);
        Table keystores = new Table();
        for (KeystoreReport keystore : report.keystores()) {
            if (console.isQuiet() && keystore.reasons().isEmpty()) {
                continue;
            }
            String state = keystore.changed()
                    ? report.dryRun() ? console.say("would change", "ville endres") : console.say("changed", "endret")
                    : console.say("unchanged", "uendret");
            keystores.add(
                    console.say("keystore", "nøkkellager"),
                    Escape.text(keystore.name()),
                    keystore.reasons().isEmpty() ? console.good(state) : console.bad(console.say("failed", "feilet")),
                    keystore.entries() + " " + console.say("entries", "innslag"),
                    Escape.text(keystore.path().toString()));
        }
        keystores.lines().forEach(console.out()::println);
        report.keystores().forEach(keystore -> reasons(keystore.reasons(), "  ", console));
        report.stopped()
                .ifPresent(reason -> console.out()
                        .println(console.bad(console.say("stopped: ", "stanset: ") + Escape.text(reason.toString()))));
        if (!console.isQuiet()) {
            console.out().println(summary(report, console));
        }
    }

    /** Of many parties those that something happened to; with -q those that need somebody's attention. */
    private static boolean isShown(PartyReport party, SyncReport report, Console console) {
        if (console.isQuiet()) {
            return ExitCodes.isBad(party.outcome());
        }
        return console.verbosity() > 0
                || party.outcome() != Outcome.UNCHANGED
                || report.parties().size() <= MANY_PARTIES;
    }

    private static void party(Table table, PartyReport party, boolean dryRun, Console console) {
        String outcome = party.outcome().id();
        table.add(
                party.herId().toString(),
                ExitCodes.isBad(party.outcome()) ? console.bad(outcome) : console.good(outcome),
                Escape.text(party.name()));
        for (CertificateReport certificate : party.certificates()) {
            if (certificate.action() == Action.KEEP
                    && console.verbosity() <= 0
                    && certificate.reasons().isEmpty()) {
                continue;
            }
            table.add(
                    "  " + sign(certificate.action()),
                    certificate.action().id(),
                    certificate.purpose() + " " + certificate.role().id() + ", serial "
                            + certificate.certificate().serial() + ", "
                            + console.say("valid until ", "gyldig til ")
                            + day(certificate.certificate().notAfter()));
            lines(certificate.reasons(), table);
        }
        lines(party.reasons(), table);
        lines(
                party.warnings().stream()
                        .filter(warning ->
                                console.verbosity() > 0 || warning.code() != ReasonCode.LDAP_STRING_MALFORMED)
                        .toList(),
                table);
    }

    private static void lines(List<Reason> reasons, Table table) {
        for (Reason reason : reasons) {
            table.add("", "", "  " + reason.code() + ": " + Escape.text(reason.message()));
        }
    }

    private static void reasons(List<Reason> reasons, String indent, Console console) {
        reasons.forEach(reason -> console.out().println(indent + Escape.text(reason.toString())));
    }

    private static String sign(Action action) {
        return switch (action) {
            case ADD -> "+";
            case PROMOTE, RETIRE -> "~";
            case REMOVE -> "-";
            case REJECT -> "x";
            case WAIT -> ".";
            case KEEP -> "=";
        };
    }

    static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String summary(SyncReport report, Console console) {
        return report.parties().size() + " " + console.say("parties", "parter") + ": " + report.count(Outcome.UPDATED)
                + " " + console.say("updated", "oppdatert") + ", " + report.count(Outcome.UNCHANGED) + " "
                + console.say("unchanged", "uendret") + ", " + report.count(Outcome.REJECTED) + " "
                + console.say("rejected", "avvist") + ", " + report.count(Outcome.UNDETERMINED) + " "
                + console.say("undetermined", "uavklart") + ", " + report.count(Outcome.FAILED) + " "
                + console.say("failed", "feilet");
    }
}
