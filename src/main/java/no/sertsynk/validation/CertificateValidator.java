package no.sertsynk.validation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.encoding.CertificateEncoding;
import no.sertsynk.validation.encoding.CertificateEncoding.Reading;
import no.sertsynk.validation.path.CertificationPath;
import no.sertsynk.validation.path.IssuerSource;
import no.sertsynk.validation.path.PathEngine;
import no.sertsynk.validation.path.PathResult;
import no.sertsynk.validation.profile.KeyUsageRule;
import no.sertsynk.validation.profile.SubjectReader;
import no.sertsynk.validation.profile.VirksomhetProfile;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationStatus;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Encoding, path, profile, revocation, in this order: an address in a certificate is followed for revocation only once its
 * path is valid.
 */
final class CertificateValidator implements Validator {
    private final ValidationSettings settings;
    private final RevocationCheck revocation;
    private final PathEngine engine;
    private final Optional<VirksomhetProfile> profile;
    private final Map<Sha256, Assessment> assessed = new ConcurrentHashMap<>();

    CertificateValidator(
            TrustStore trust, ValidationSettings settings, RevocationCheck revocation, IssuerSource issuers) {
        this.settings = settings;
        this.revocation = revocation;
        this.engine = new PathEngine(trust, settings, issuers);
        this.profile = settings.policy() == Policy.VIRKSOMHET
                ? Optional.of(new VirksomhetProfile(settings.minimumRsaBits(), settings.environment()))
                : Optional.empty();
    }

    @Override
    public Assessment assess(PartnerCertificate certificate) {
        Assessment known = assessed.get(certificate.sha256());
        if (known == null) {
            known = switch (CertificateEncoding.read(certificate.der())) {
                case Reading.Broken(Reason reason) -> malformed(certificate.x509(), reason);
                case Reading.Sound(Certificate read) -> assess(certificate.x509(), read);
            };
            assessed.put(certificate.sha256(), known);
        }
        return known;
    }

    private Assessment assess(X509Certificate certificate, Certificate read) {
        try {
            return new Work(certificate, read).assess();
        } catch (RuntimeException | StackOverflowError e) {
            // Names, keys and extensions are read late, and by libraries that tell of hostile ones by exceptions of
            // many
            // kinds; whatever it is, one certificate is refused and the run goes on.
            return malformed(
                    certificate,
                    Reason.of(
                            ReasonCode.MALFORMED_CERTIFICATE,
                            "expected a certificate whose fields can be read, found: " + e));
        }
    }

    private static Assessment malformed(X509Certificate certificate, Reason reason) {
        return new Assessment(
                Verdict.REJECTED,
                Set.of(),
                SubjectReader.read(certificate.getSubjectX500Principal()),
                List.of(reason),
                List.of(),
                List.of(),
                Explanation.of(certificate, List.of(reason)).steps());
    }

    /** The assessment of one certificate. */
    private final class Work {
        private final X509Certificate certificate;
        private final Certificate read;
        private final SubjectIdentity subject;
        private final Set<Purpose> purposes;
        private final List<Reason> reasons = new ArrayList<>();
        private final List<Reason> warnings = new ArrayList<>();
        private final List<String> evidence = new ArrayList<>();

        Work(X509Certificate certificate, Certificate read) {
            this.certificate = certificate;
            this.read = read;
            this.subject = SubjectReader.read(read.getSubject());
            this.purposes = KeyUsageRule.purposes(certificate);
        }

        Assessment assess() {
            List<Reason> ownProblems = checkProfile();
            Explanation explanation;
            switch (engine.validate(certificate, read)) {
                case PathResult.Invalid(List<Reason> problems, Optional<PathResult.Attempt> nearest) -> {
                    reasons.addAll(problems);
                    explanation = nearest.map(attempt -> Explanation.of(attempt, problems))
                            .orElseGet(() -> Explanation.of(certificate, problems));
                    explain(explanation, 0, ownProblems);
                }
                case PathResult.Valid(CertificationPath path) -> {
                    explanation = Explanation.of(path);
                    explain(explanation, 0, ownProblems);
                    checkIssuers(path, explanation);
                    if (reasons.isEmpty() && settings.revocation() != RevocationMode.OFF) {
                        checkRevocation(path, explanation);
                    }
                }
            }
            return assessment(explanation.steps());
        }

        private Assessment assessment(List<PathStep> steps) {
            return new Assessment(verdict(), purposes, subject, reasons, warnings, evidence, steps);
        }

        private Verdict verdict() {
            if (reasons.isEmpty()) {
                return Verdict.ACCEPTED;
            }
            return reasons.stream().allMatch(reason -> reason.code().isUndetermined())
                    ? Verdict.UNDETERMINED
                    : Verdict.REJECTED;
        }

        private List<Reason> checkProfile() {
            if (profile.isEmpty()) {
                return List.of();
            }
            VirksomhetProfile.Findings found = profile.get().check(certificate, read, subject.organizationNumber());
            reasons.addAll(found.reasons());
            warnings.addAll(found.warnings());
            return found.reasons();
        }

        private void explain(Explanation explanation, int index, List<Reason> problems) {
            if (profile.isPresent()) {
                explanation.profile(
                        index,
                        problems,
                        index == 0 ? VirksomhetProfile.profileName(read).orElse("") : "");
            }
        }

        private void checkIssuers(CertificationPath path, Explanation explanation) {
            if (profile.isPresent()) {
                for (int i = 1; i < path.certificates().size(); i++) {
                    List<Reason> problems =
                            profile.get().checkIssuer(path.certificates().get(i));
                    reasons.addAll(problems);
                    explain(explanation, i, problems);
                }
            }
        }

        private void checkRevocation(CertificationPath path, Explanation explanation) {
            PathRevocation found = revocation.check(path.certificates(), path.anchor());
            found.warnings().forEach(text -> warnings.add(Reason.of(ReasonCode.REVOCATION_UNKNOWN, text)));
            Set<String> unknown = new LinkedHashSet<>();
            for (int i = found.statuses().size() - 1; i >= 0; i--) {
                explanation.revocation(i, found.statuses().get(i));
                switch (found.statuses().get(i)) {
                    case RevocationStatus.Good(List<Evidence> sources) ->
                        sources.forEach(source -> evidence.add(source.text()));
                    case RevocationStatus.Revoked(String message, boolean onHold, Evidence source) -> {
                        reasons.add(Reason.of(ReasonCode.REVOKED, (i == 0 ? "" : "its issuer: ") + message));
                        return;
                    }
                    case RevocationStatus.Unknown(List<String> why) -> unknown.addAll(why);
                }
            }
            if (!unknown.isEmpty()) {
                Reason reason = Reason.of(
                        ReasonCode.REVOCATION_UNKNOWN,
                        "expected to learn whether it is revoked, found: " + String.join("; ", unknown));
                (settings.revocation() == RevocationMode.PREFER ? warnings : reasons).add(reason);
            }
        }
    }
}
