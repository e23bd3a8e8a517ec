package no.sertsynk.cli;

import java.util.Optional;
import no.sertsynk.cli.ProbeCommand.Subject;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.service.tls.Attempt;
import no.sertsynk.service.tls.Expectation.Side;
import no.sertsynk.service.tls.HostKeystore;
import no.sertsynk.service.tls.ProbeReport;

/** How a TLS service presents itself, as JSON and as text. */
final class ProbeOutput {
    private static final int SHORT_DIGEST = 16;

    private final Console console;

    ProbeOutput(Console console) {
        this.console = console;
    }

    static String json(Subject subject, ProbeReport report) {
        return Json.object(json -> {
            json.put("url", report.url().text());
            subject.service()
                    .ifPresent(service -> json.put("service", service)
                            .put("side", subject.target().expected().side() == Side.OLD ? "old" : "new"));
            report(json, report);
        });
    }

    private static void report(Json json, ProbeReport report) {
        json.putObject("withSni", inner -> attempt(inner, report.withSni()))
                .putObject("withoutSni", inner -> attempt(inner, report.withoutSni()))
                .putObject("otherName", inner -> attempt(inner, report.otherName()))
                .putTexts("tlsVersions", report.tlsVersions())
                .putObjects(
                        "keystores",
                        report.keystores(),
                        (inner, fit) -> inner.put("name", fit.keystore()).put("holds", fit.holds()))
                .put("verdict", report.verdict())
                .putReasons("reasons", report.reasons());
    }

    private static void attempt(Json json, Attempt attempt) {
        json.putOptional("sha256", attempt.certificate().map(PartnerCertificate::sha256))
                .putOptional("subject", attempt.certificate().map(PartnerCertificate::subject))
                .putOptional("notAfter", attempt.certificate().map(PartnerCertificate::notAfter))
                .putOptional("tlsVersion", attempt.tlsVersion())
                .putOptional("error", attempt.error().map(Reason::message))
                .putOptional("name", attempt.name())
                .putOptional("cipher", attempt.cipher())
                .put("clientCertificate", attempt.clientCertificate())
                .putObjects(
                        "path",
                        attempt.chain(),
                        (inner, certificate) -> inner.put("subject", certificate.subject())
                                .put("issuer", certificate.issuer())
                                .put("sha256", certificate.sha256().hex())
                                .put("notAfter", certificate.notAfter()));
    }

    void text(Subject subject, ProbeReport report) {
        String verdict = verdict(report);
        console.out()
                .println(Escape.text(report.url().text()) + "  "
                        + (report.reasons().isEmpty() ? console.good(verdict) : console.bad(verdict)));
        subject.service()
                .ifPresent(service -> console.out()
                        .println("  "
                                + (subject.target().expected().side() == Side.OLD
                                        ? console.say("old address of the service {0}", service)
                                        : console.say("new address of the service {0}", service))));
        report.reasons().forEach(reason -> console.out().println("  " + console.reason(reason)));
        Table table = new Table();
        row(table, console.say("with SNI"), report.withSni());
        row(table, console.say("without SNI"), report.withoutSni());
        row(
                table,
                console.say(
                        "as {0}", report.otherName().name().map(Escape::text).orElse("")),
                report.otherName());
        table.lines().forEach(line -> console.out().println("  " + line));
        report.withSni().chain().stream()
                .skip(1)
                .forEach(issuer -> console.out()
                        .println("  "
                                + console.say(
                                        "issued by {0}, until {1}", Escape.text(issuer.subject()), issuer.notAfter())));
        if (!report.tlsVersions().isEmpty()) {
            console.out().println("  " + String.join(", ", report.tlsVersions()));
        }
        if (report.withSni().clientCertificate()) {
            console.out().println("  " + console.say("asks for a client certificate"));
        }
        report.keystores().forEach(fit -> console.out().println("  " + keystore(fit)));
    }

    /** The effect of the server name; the reasons follow on lines of their own. */
    private String verdict(ProbeReport report) {
        String effect = console.words(report.effect().text());
        return report.reasons().isEmpty() || !report.effect().isWorking()
                ? effect
                : console.say("{0}, but there is something wrong with it", effect);
    }

    private void row(Table table, String how, Attempt attempt) {
        Optional<PartnerCertificate> certificate = attempt.certificate();
        String shown = certificate
                .map(found -> console.say(
                        "{0} until {1}, SHA-256 {2}…",
                        Escape.text(found.subject()),
                        found.notAfter(),
                        found.sha256().hex().substring(0, SHORT_DIGEST)))
                .orElse("");
        String error =
                attempt.error().map(reason -> console.words(reason.message())).orElse("");
        table.add(
                how,
                attempt.tlsVersion().orElse("-"),
                shown + (shown.isEmpty() || error.isEmpty() ? "" : "; ") + error);
    }

    private String keystore(HostKeystore.Fit fit) {
        String name = Escape.text(fit.keystore());
        return switch (fit.holds()) {
            case "certificate" -> console.say("keystore {0}: holds this certificate", name);
            case "issuer" -> console.say("keystore {0}: holds its issuer", name);
            default -> console.say("keystore {0}: certificate not in keystore", name);
        };
    }
}
