package no.sertsynk.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import no.sertsynk.cli.ValidateCommand.Answer;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.PathStep;

/** Shows the verdict on one certificate file. */
final class ValidateOutput {
    private final Console console;
    private final boolean json;
    private final Instant at;

    ValidateOutput(Console console, boolean json, Instant at) {
        this.console = console;
        this.json = json;
        this.at = at;
    }

    void print(Path file, Optional<PartnerCertificate> certificate, Answer answer) {
        if (json) {
            console.out().println(json(file, certificate, answer));
            return;
        }
        String verdict = console.words(answer.verdict().id());
        console.out()
                .println((answer.isValid() ? console.good(verdict) : console.bad(verdict)) + "  "
                        + Escape.text(file + "  "
                                + certificate.map(PartnerCertificate::subject).orElse("")));
        answer.reasons().forEach(reason -> console.out().println("  " + console.reason(reason)));
        answer.warnings()
                .forEach(warning -> console.out().println("  " + console.say("warning: {0}", console.reason(warning))));
        new PathTree(console, at).lines(answer.path()).forEach(console.out()::println);
    }

    private static String json(Path file, Optional<PartnerCertificate> certificate, Answer answer) {
        return Json.object(row -> row.put("file", file.toString())
                .put("valid", answer.isValid())
                .put("verdict", answer.verdict().id())
                .putTexts("purposes", answer.purposes().stream().sorted().toList())
                .putOptional("subject", certificate.map(PartnerCertificate::subject))
                .putOptional("serial", certificate.map(PartnerCertificate::serial))
                .putOptional("sha256", certificate.map(PartnerCertificate::sha256))
                .putReasons("reasons", answer.reasons())
                .putReasons("warnings", answer.warnings())
                .putObjects("path", answer.path(), ValidateOutput::step));
    }

    private static void step(Json json, PathStep step) {
        json.put("subject", DistinguishedNames.text(step.certificate().getSubjectX500Principal()))
                .put("serial", step.certificate().getSerialNumber().toString())
                .put("notAfter", step.certificate().getNotAfter().toInstant())
                .put("anchor", step.isAnchor())
                .putObjects("checks", step.checks(), ValidateOutput::check);
    }

    private static void check(Json json, PathStep.Check check) {
        json.put("check", check.kind().id())
                .put("outcome", check.outcome().id())
                .put("detail", check.detail())
                .putObjects(
                        "sources",
                        check.sources(),
                        (row, source) -> row.put("what", source.what())
                                .put("from", source.from())
                                .put("issuedAt", source.issuedAt())
                                .putOptional("nextAt", source.nextAt())
                                .put("kept", source.isKept()));
    }
}
