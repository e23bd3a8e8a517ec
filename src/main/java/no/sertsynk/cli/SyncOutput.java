package no.sertsynk.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Escape;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Hold;

/** The report of a run as JSON and as text. */
final class SyncOutput {
    private static final int MANY_PARTIES = 20;

    private SyncOutput() {}

    static String json(SyncReport report) {
        return Json.object(json -> content(json, report));
    }

    /** The fields of the report's object. */
    static void content(Json json, SyncReport report) {
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
                .putReasons("reasons", keystore.reasons())
                .putObjects("changes", keystore.changes(), SyncOutput::change)
                .putTexts("notices", keystore.notices());
        hold(json, keystore.hold());
    }

    static void change(Json json, Change change) {
        json.put("action", change.action().id())
                .put("alias", change.alias())
                .put("herId", change.herId().value())
                .put("purpose", change.purpose().id())
                .put("serial", change.certificate().serial().toString())
                .put("sha256", change.certificate().sha256().hex())
                .put("notAfter", change.certificate().notAfter());
        change.until().ifPresent(until -> json.put("until", until));
        json.put("reason", change.reason());
    }

    /** Whether a keystore is held, and since when and by whom. */
    static void hold(Json json, Optional<Hold> hold) {
        json.put("held", hold.isPresent());
        hold.ifPresent(held ->
                json.put("heldSince", held.since()).put("heldBy", held.by()).put("heldGeneration", held.generation()));
    }

    static void text(SyncReport report, Console console) {
        Table table = new Table();
        for (PartyReport party : report.parties()) {
            if (isShown(party, report, console)) {
                party(table, party, report.dryRun(), console);
            }
        }
        table.lines().forEach(console.out()::println);
        keystores(report, console);
        report.stopped()
                .ifPresent(reason ->
                        console.out().println(console.bad(console.say("stopped: {0}", console.reason(reason)))));
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

    /** A line for each keystore, and below it what there is to tell. */
    static void keystores(SyncReport report, Console console) {
        List<KeystoreReport> shown = report.keystores().stream()
                .filter(keystore -> !console.isQuiet() || !keystore.reasons().isEmpty())
                .toList();
        Table keystores = new Table();
        shown.forEach(keystore -> keystores.add(keystoreCells(keystore, report.dryRun(), console)));
        List<String> lines = keystores.lines();
        for (int i = 0; i < lines.size(); i++) {
            console.out().println(lines.get(i));
            details(shown.get(i), report.dryRun(), console);
        }
    }

    private static String[] keystoreCells(KeystoreReport keystore, boolean dryRun, Console console) {
        String state = keystore.changed()
                ? dryRun ? console.say("would change") : console.say("changed")
                : console.say("unchanged");
        String shown;
        if (keystore.hold().isPresent()) {
            shown = console.bad(console.say("held"));
        } else if (keystore.reasons().isEmpty()) {
            shown = console.good(state);
        } else {
            shown = console.bad(keystore.changed() ? state : console.say("failed"));
        }
        return new String[] {
            console.say("keystore"),
            Escape.text(keystore.name()),
            shown,
            console.say("{0} entries", keystore.entries()),
            Escape.text(keystore.path().toString())
        };
    }

    /** In a plan, or while the keystore is held, every change by its alias; else what went wrong. */
    private static void details(KeystoreReport keystore, boolean dryRun, Console console) {
        if (dryRun || keystore.hold().isPresent() || console.verbosity() > 0) {
            Table table = new Table();
            keystore.changes().forEach(change -> table.add(changeCells(change, console)));
            table.lines().forEach(line -> console.out().println("  " + line));
        }
        keystore.notices().forEach(notice -> console.out().println("  " + console.words(notice)));
        reasons(keystore.reasons(), "  ", console);
    }

    /** A change like a line of a difference. */
    static String[] changeCells(Change change, Console console) {
        return new String[] {
            change.action() == Action.KEEP ? "~" : sign(change.action()),
            Escape.text(change.alias()),
            console.say("serial {0}", change.certificate().serial()),
            until(change, console),
            console.words(change.action().id()) + ": " + console.words(change.reason())
        };
    }

    private static String until(Change change, Console console) {
        String until = day(change.certificate().notAfter());
        return change.until()
                .map(leaves -> console.say("valid until {0}, leaves {1}", until, day(leaves)))
                .orElse(console.say("valid until {0}", until));
    }

    private static void party(Table table, PartyReport party, boolean dryRun, Console console) {
        String outcome = console.words(party.outcome().id());
        table.add(
                party.herId().toString(),
                ExitCodes.isBad(party.outcome()) ? console.bad(outcome) : console.good(outcome),
                Escape.text(party.name()));
        for (CertificateReport certificate : party.certificates()) {
            if (isToldElsewhere(certificate.action(), dryRun)
                    && console.verbosity() <= 0
                    && certificate.reasons().isEmpty()) {
                continue;
            }
            table.add(
                    "  " + sign(certificate.action()),
                    console.words(certificate.action().id()),
                    console.say(
                            "{0} {1}, serial {2}, valid until {3}",
                            console.words(certificate.purpose().id()),
                            console.words(certificate.role().id()),
                            certificate.certificate().serial(),
                            day(certificate.certificate().notAfter())));
            lines(certificate.reasons(), table, console);
        }
        lines(party.reasons(), table, console);
        lines(
                party.warnings().stream()
                        .filter(warning ->
                                console.verbosity() > 0 || warning.code() != ReasonCode.LDAP_STRING_MALFORMED)
                        .toList(),
                table,
                console);
    }

    /** What stays is not news; what a plan changes stands at its keystore. */
    private static boolean isToldElsewhere(Action action, boolean dryRun) {
        return switch (action) {
            case KEEP -> true;
            case ADD, PROMOTE, RETIRE, REMOVE -> dryRun;
            case WAIT, REJECT -> false;
        };
    }

    private static void lines(List<Reason> reasons, Table table, Console console) {
        for (Reason reason : reasons) {
            table.add("", "", "  " + console.reason(reason));
        }
    }

    private static void reasons(List<Reason> reasons, String indent, Console console) {
        reasons.forEach(reason -> console.out().println(indent + console.reason(reason)));
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
        return console.say(
                "{0} parties: {1} updated, {2} unchanged, {3} rejected, {4} undetermined, {5} failed",
                report.parties().size(),
                report.count(Outcome.UPDATED),
                report.count(Outcome.UNCHANGED),
                report.count(Outcome.REJECTED),
                report.count(Outcome.UNDETERMINED),
                report.count(Outcome.FAILED));
    }
}
