package no.sertsynk.validation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.path.PathChecker;
import no.sertsynk.validation.path.PathOutcome.Refused;
import no.sertsynk.validation.path.PathOutcome.Trusted;
import no.sertsynk.validation.profile.CertificateProfile;
import no.sertsynk.validation.profile.PathAlgorithms;

/** Puts together what the path and the profile say of a certificate. */
final class CertificateValidator implements Validator {
    private final PathChecker paths;
    private final CertificateProfile profile;
    private final PathAlgorithms algorithms;

    CertificateValidator(PathChecker paths, CertificateProfile profile, PathAlgorithms algorithms) {
        this.paths = paths;
        this.profile = profile;
        this.algorithms = algorithms;
    }

    @Override
    public Assessment assess(PartnerCertificate certificate) {
        X509Certificate leaf = certificate.x509();
        CertificateProfile.Findings findings = profile.inspect(leaf);
        Set<Reason> reasons = new LinkedHashSet<>();
        List<Reason> warnings = new ArrayList<>(findings.warnings());
        List<String> evidence = List.of();
        switch (paths.check(leaf)) {
            case Trusted trusted -> {
                reasons.addAll(algorithms.problems(trusted.path()));
                warnings.addAll(trusted.warnings());
                evidence = trusted.evidence();
            }
            case Refused refused -> {
                reasons.addAll(refused.reasons());
                reasons.addAll(algorithms.problems(List.of(leaf)));
            }
        }
        reasons.addAll(findings.reasons());
        return new Assessment(
                verdict(reasons),
                findings.purposes(),
                findings.subject(),
                List.copyOf(reasons),
                warnings,
                evidence);
    }

    private static Verdict verdict(Set<Reason> reasons) {
        if (reasons.isEmpty()) {
            return Verdict.ACCEPTED;
        }
        for (Reason reason : reasons) {
            if (!reason.code().isUndetermined()) {
                return Verdict.REJECTED;
            }
        }
        return Verdict.UNDETERMINED;
    }
}
