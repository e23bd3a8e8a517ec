package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import no.sertsynk.app.OnlineValidation;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.FileCrls;
import no.sertsynk.validation.revocation.RevocationCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The verdict on certificate files. */
@Command(name = "validate", description = "Tells whether certificates may be trusted, and why not.")
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--trust", paramLabel = "PATH", description = "trust anchors: file or folder")
    private List<Path> trust = List.of();

    @Option(names = "--intermediates", paramLabel = "PATH", description = "other certificate authorities")
    private List<Path> intermediates = List.of();

    @Option(names = "--crl", paramLabel = "PATH", description = "revocation lists: file or folder")
    private List<Path> lists = List.of();

    @Option(
            names = "--revocation",
            paramLabel = "require|prefer|off",
            description = "whether an answer about revocation is needed; require with --crl or without --offline")
    private @Nullable String revocation;

    @Option(names = "--at", paramLabel = "INSTANT", description = "as of this time")
    private @Nullable String at;

    @Option(
            names = "--purpose",
            paramLabel = "encryption|signature|authentication|any",
            description = "what the certificates are to be good for; by default any",
            defaultValue = "any")
    private String purpose = "any";

    @Option(
            names = "--policy",
            paramLabel = "rfc5280|virksomhet",
            description = "the path alone, or the rules for Norwegian organisation certificates too",
            defaultValue = "rfc5280")
    private String policy = "rfc5280";

    @Option(names = "--org", paramLabel = "NUMBER", description = "the organisation number to expect")
    private @Nullable String organization;

    @Option(names = "--offline", description = "fetch nothing")
    private boolean offline;

    @Option(names = "--json", description = "answer in JSON, a line for each certificate")
    private boolean json;

    @Option(names = "--batch", paramLabel = "FILE", description = "answer the cases of a file of JSON lines")
    private @Nullable Path batch;

    @Parameters(paramLabel = "CERT", arity = "0..*", description = "certificates to judge, PEM or DER")
    private List<Path> certificates = List.of();

    /** The verdict with what the caller asked for beyond validation. */
    record Answer(
            Verdict verdict, Set<Purpose> purposes, List<Reason> reasons, List<Reason> warnings, List<PathStep> path) {
        /** One that was refused before it came to a validation. */
        static Answer refused(Reason reason) {
            return new Answer(Verdict.REJECTED, Set.of(), List.of(reason), List.of(), List.of());
        }

        boolean isValid() {
            return verdict == Verdict.ACCEPTED;
        }
    }

    /** What the caller asks for beyond validation. */
    private record Wanted(Optional<Purpose> purpose, Optional<OrganizationNumber> organization) {}

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        if (batch != null) {
            return new ValidateBatch(command.console(), command.context().clock()).run(batch);
        }
        if (certificates.isEmpty()) {
            throw new UsageException("expected certificate files");
        }
        if (trust.isEmpty()) {
            throw new UsageException("expected --trust PATH with at least one trust anchor");
        }
        Wanted wanted = new Wanted(purpose(purpose), organization());
        Instant when = SyncCommand.instant(at).orElse(command.context().clock().instant());
        Policy rules = policy(policy);
        TrustStore store = new TrustStore(certificates(trust), certificates(intermediates));
        ValidationSettings settings = ValidationSettings.of(when, rules, mode()).withMaxStale(maxStale(rules));
        ValidateOutput output = new ValidateOutput(command.console(), json, when);
        if (offline) {
            return all(Validators.create(store, settings, byFiles(store, settings)), wanted, output);
        }
        try (OnlineValidation online = OnlineValidation.of(
                command.usableConfiguration(), command.context().clock())) {
            RevocationCheck revocation =
                    lists.isEmpty() ? online.revocation(store, settings) : byFiles(store, settings);
            return all(Validators.create(store, settings, revocation, online.issuers()), wanted, output);
        }
    }

    private int all(Validator validator, Wanted wanted, ValidateOutput output) throws UsageException {
        boolean all = true;
        for (Path file : certificates) {
            all &= one(file, validator, wanted, output);
        }
        return all ? ExitCodes.OK : ExitCodes.PROBLEM;
    }

    private RevocationCheck byFiles(TrustStore store, ValidationSettings settings) throws UsageException {
        try {
            return RevocationCheck.create(store, settings, FileCrls.read(lists));
        } catch (IOException e) {
            throw new UsageException("--crl: " + e.getMessage());
        }
    }

    /** RFC 5280 knows no list that counts past its end (6.3.3 (a)); a service that installs certificates has to. */
    static Duration maxStale(Policy rules) {
        return rules == Policy.RFC5280 ? Duration.ZERO : Duration.ofHours(24);
    }

    private RevocationMode mode() throws UsageException {
        if (revocation == null) {
            return !lists.isEmpty() || !offline ? RevocationMode.REQUIRE : RevocationMode.OFF;
        }
        return revocationMode(revocation);
    }

    static RevocationMode revocationMode(String text) throws UsageException {
        return switch (text) {
            case "require" -> RevocationMode.REQUIRE;
            case "prefer" -> RevocationMode.PREFER;
            case "off" -> RevocationMode.OFF;
            default -> throw new UsageException("revocation: expected require, prefer or off, found '" + text + "'");
        };
    }

    static Policy policy(String text) throws UsageException {
        return switch (text) {
            case "rfc5280" -> Policy.RFC5280;
            case "virksomhet" -> Policy.VIRKSOMHET;
            default -> throw new UsageException("policy: expected rfc5280 or virksomhet, found '" + text + "'");
        };
    }

    static Optional<Purpose> purpose(String text) throws UsageException {
        if (text.equals("any")) {
            return Optional.empty();
        }
        Optional<Purpose> read = Purpose.parse(text);
        if (read.isEmpty()) {
            throw new UsageException(
                    "purpose: expected encryption, signature, authentication or any, found '" + text + "'");
        }
        return read;
    }

    private static List<java.security.cert.X509Certificate> certificates(List<Path> paths) throws UsageException {
        try {
            return TrustFiles.read(paths).stream().map(PartnerCertificate::x509).toList();
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean one(Path file, Validator validator, Wanted wanted, ValidateOutput output)
            throws UsageException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("expected the certificate file " + file + ", found none");
        }
        Optional<PartnerCertificate> certificate = Optional.empty();
        Answer answer;
        try {
            certificate = Optional.of(CertificateReading.first(file));
            answer = answer(validator.assess(certificate.get()), wanted.purpose(), wanted.organization());
        } catch (MalformedCertificateException e) {
            answer = Answer.refused(e.reason());
        } catch (IOException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
        output.print(file, certificate, answer);
        return answer.isValid();
    }

    private Optional<OrganizationNumber> organization() throws UsageException {
        if (organization == null) {
            return Optional.empty();
        }
        return Optional.of(OrganizationNumber.parse(organization)
                .orElseThrow(() -> new UsageException("--org: expected nine digits, found '" + organization + "'")));
    }

    /** Adds what the caller expects of purpose and organisation to the assessment. */
    static Answer answer(Assessment assessment, Optional<Purpose> purpose, Optional<OrganizationNumber> organization) {
        List<Reason> reasons = new ArrayList<>(assessment.reasons());
        Verdict verdict = assessment.verdict();
        if (purpose.isPresent() && !assessment.purposes().contains(purpose.get())) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_KEY_USAGE,
                    "expected a key usage for " + purpose.get() + ", found " + assessment.purposes()));
            verdict = Verdict.REJECTED;
        }
        Optional<OrganizationNumber> found = assessment.subject().organizationNumber();
        if (organization.isPresent() && !organization.equals(found)) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_ORGANIZATION,
                    "expected organisation number " + organization.get() + ", found "
                            + found.map(OrganizationNumber::digits).orElse("none")));
            verdict = Verdict.REJECTED;
        }
        return new Answer(verdict, assessment.purposes(), reasons, assessment.warnings(), assessment.path());
    }
}
