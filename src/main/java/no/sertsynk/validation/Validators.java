package no.sertsynk.validation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.path.Diagnosis;
import no.sertsynk.validation.path.PathEngine;
import no.sertsynk.validation.path.PathEngine.Path;
import no.sertsynk.validation.path.PathEngine.Result;
import no.sertsynk.validation.profile.KeyUsageRule;
import no.sertsynk.validation.profile.SubjectReader;
import no.sertsynk.validation.profile.VirksomhetProfile;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationStatus;

/** Validators by trust, rules and revocation lists. */
public final class Validators {
    private Validators() {}

    /** Judges revocation by those lists. */
    public static Validator create(TrustStore trust, ValidationSettings settings, CrlSource lists) {
        return create(trust, settings, RevocationCheck.create(trust, settings, lists));
    }

    public static Validator create(TrustStore trust, ValidationSettings settings, RevocationCheck revocation) {
        return new PkixValidator(trust, settings, revocation);
    }

    /** Path, profile, revocation, in this order: an address in a certificate is followed only once its path is valid. */
    private static final class PkixValidator implements Validator {
        private final ValidationSettings settings;
        private final RevocationCheck revocation;
        private final PathEngine engine;
        private final Diagnosis diagnosis;
        private final Map<Sha256, Assessment> assessed = new ConcurrentHashMap<>();

        PkixValidator(TrustStore trust, ValidationSettings settings, RevocationCheck revocation) {
            this.settings = settings;
            this.revocation = revocation;
            this.engine = new PathEngine(trust, settings);
            this.diagnosis = new Diagnosis(trust, settings.at());
        }

        @Override
        public Assessment assess(PartnerCertificate certificate) {
            Assessment known = assessed.get(certificate.sha256());
            if (known == null) {
                known = new Work(certificate.x509()).assess();
                assessed.put(certificate.sha256(), known);
            }
            return known;
        }

        /** The assessment of one certificate. */
        private final class Work {
            private final X509Certificate certificate;
            private final List<Reason> reasons = new ArrayList<>();
            private final List<Reason> warnings = new ArrayList<>();
            private final List<String> evidence = new ArrayList<>();

            Work(X509Certificate certificate) {
                this.certificate = certificate;
            }

            Assessment assess() {
                if (settings.policy() == Policy.VIRKSOMHET) {
                    reasons.addAll(VirksomhetProfile.check(certificate, settings.minimumRsaBits()));
                }
                switch (engine.validate(certificate)) {
                    case Result.Invalid(String message) -> reasons.addAll(diagnosis.explain(certificate, message));
                    case Result.Valid(Path path) -> {
                        checkIssuers(path);
                        if (reasons.isEmpty() && settings.revocation() != RevocationMode.OFF) {
                            checkRevocation(path);
                        }
                    }
                }
                return new Assessment(
                        verdict(),
                        KeyUsageRule.purposes(certificate),
                        SubjectReader.read(certificate.getSubjectX500Principal()),
                        reasons,
                        warnings,
                        evidence);
            }

            private Verdict verdict() {
                if (reasons.isEmpty()) {
                    return Verdict.ACCEPTED;
                }
                return reasons.stream().allMatch(reason -> reason.code().isUndetermined())
                        ? Verdict.UNDETERMINED
                        : Verdict.REJECTED;
            }

            private void checkIssuers(Path path) {
                evidence.add("path to "
                        + no.sertsynk.model.DistinguishedNames.text(
                                path.anchor().getSubjectX500Principal()));
                if (settings.policy() == Policy.VIRKSOMHET) {
                    for (int i = 1; i < path.certificates().size(); i++) {
                        reasons.addAll(VirksomhetProfile.checkStrength(
                                path.certificates().get(i), settings.minimumRsaBits(), "its issuer"));
                    }
                }
            }

            private void checkRevocation(Path path) {
                PathRevocation found = revocation.check(path.certificates(), path.anchor());
                found.warnings().forEach(text -> warnings.add(Reason.of(ReasonCode.REVOCATION_UNKNOWN, text)));
                List<String> unknown = new ArrayList<>();
                for (int i = found.statuses().size() - 1; i >= 0; i--) {
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
                            "expected to learn whether it is revoked, found: "
                                    + String.join("; ", new LinkedHashSet<>(unknown)));
                    (settings.revocation() == RevocationMode.PREFER ? warnings : reasons).add(reason);
                }
            }
        }
    }
}
