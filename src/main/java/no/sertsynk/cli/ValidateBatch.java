package no.sertsynk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.ValidateCommand.Answer;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.FileCrls;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Answers the cases of a file of JSON lines, one line each, in order. A case that cannot be read is answered as rejected,
 * so that it does not cost the others their answers. Nothing is fetched.
 */
final class ValidateBatch {
    private static final JsonFactory FACTORY = new JsonFactory();
    private final Console console;
    private final Clock clock;

    ValidateBatch(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    /** A case: texts, lists of texts and flags by name. */
    private record Case(Map<String, String> texts, Map<String, List<String>> lists, Set<String> flags) {
        String text(String name, String fallback) {
            return texts.getOrDefault(name, fallback);
        }

        List<Path> paths(String name, Path folder) {
            return lists.getOrDefault(name, List.of()).stream()
                    .map(folder::resolve)
                    .toList();
        }
    }

    int run(Path file) throws UsageException {
        Path folder = file.toAbsolutePath().getParent();
        boolean all = true;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    all &= answer(line, folder == null ? file.toAbsolutePath() : folder);
                }
            }
        } catch (IOException e) {
            throw new UsageException("--batch " + file + ": " + e);
        }
        return all ? ExitCodes.OK : ExitCodes.PROBLEM;
    }

    private boolean answer(String line, Path folder) {
        String id = "";
        Answer answer;
        try {
            Case read = parse(line);
            id = read.text("id", "");
            answer = validate(read, folder);
        } catch (MalformedCertificateException e) {
            answer = refused(e.reason());
        } catch (IOException | UsageException | JacksonException e) {
            answer = refused(Reason.of(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected a case that can be read, found: " + e.getMessage()));
        }
        String shown = id;
        Answer told = answer;
        console.out()
                .println(Json.object(row -> row.put("id", shown)
                        .put("valid", told.isValid())
                        .put("verdict", told.verdict().id())
                        .putReasons("reasons", told.reasons())));
        return answer.isValid();
    }

    private static Answer refused(Reason reason) {
        return new Answer(Verdict.REJECTED, Set.of(), List.of(reason));
    }

    private Answer validate(Case read, Path folder) throws UsageException, IOException, MalformedCertificateException {
        for (String required : List.of("id", "certificate")) {
            if (!read.texts().containsKey(required)) {
                throw new UsageException("expected the field " + required);
            }
        }
        TrustStore trust = new TrustStore(
                certificates(read.paths("trust", folder)), certificates(read.paths("intermediates", folder)));
        Instant at = read.texts().containsKey("at")
                ? SyncCommand.instant(read.text("at", "")).orElseThrow()
                : clock.instant();
        List<Path> lists = read.paths("crls", folder);
        ValidationSettings settings = new ValidationSettings(
                at,
                ValidateCommand.policy(read.text("policy", "rfc5280")),
                2048,
                ValidateCommand.revocationMode(read.text("revocation", lists.isEmpty() ? "off" : "require")),
                Duration.ofHours(24),
                new HashSet<>(read.lists().getOrDefault("initialPolicies", List.of())),
                read.flags().contains("explicitPolicy"),
                read.flags().contains("inhibitMapping"),
                read.flags().contains("inhibitAny"));
        PartnerCertificate certificate = ValidateCommand.read(folder.resolve(read.text("certificate", "")));
        return ValidateCommand.answer(
                Validators.create(trust, settings, FileCrls.read(lists)).assess(certificate),
                ValidateCommand.purpose(read.text("purpose", "any")),
                Optional.empty());
    }

    private static List<X509Certificate> certificates(List<Path> paths) throws IOException {
        return TrustFiles.read(paths).stream().map(PartnerCertificate::x509).toList();
    }

    private static Case parse(String line) {
        Case read = new Case(new HashMap<>(), new HashMap<>(), new HashSet<>());
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                switch (parser.nextToken()) {
                    case VALUE_STRING, VALUE_NUMBER_INT -> read.texts().put(name, parser.getString());
                    case VALUE_TRUE -> read.flags().add(name);
                    case START_ARRAY -> read.lists().put(name, texts(parser));
                    default -> parser.skipChildren();
                }
            }
        }
        return read;
    }

    private static List<String> texts(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        return texts;
    }
}
