package no.sertsynk.validation.verdict;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.verdict.VerdictBasis.UsedList;
import no.sertsynk.validation.verdict.VerdictStore.Kept;

/** What a run has accepted anew, with what each verdict depends on. */
final class FreshVerdicts {
    private final ValidationSettings settings;
    private final Sha256 rules;
    private final TrustScope scope;
    private final RecordedRevocation revocation;
    private final Map<PartnerCertificate, Assessment> accepted = new ConcurrentHashMap<>();

    FreshVerdicts(ValidationSettings settings, Sha256 rules, TrustScope scope, RecordedRevocation revocation) {
        this.settings = settings;
        this.rules = rules;
        this.scope = scope;
        this.revocation = revocation;
    }

    void add(PartnerCertificate certificate, Assessment assessment) {
        accepted.put(certificate, assessment);
    }

    /** Those authorities, with the digest of their scope; saves work, since thousands share them. */
    private record Above(List<PartnerCertificate> issuers, Sha256 scope) {}

    /** What may be kept of them: what rests on lists or answers, and has a whole path. */
    Kept kept() {
        Map<List<X509Certificate>, Optional<Above>> paths = new HashMap<>();
        Map<VerdictBasis, String> bases = new HashMap<>();
        Map<String, KeptVerdict> verdicts = new HashMap<>();
        accepted.forEach((certificate, assessment) -> {
            Optional<Above> above = paths.computeIfAbsent(issuers(assessment.path()), this::above);
            Optional<SortedSet<UsedList>> lists = lists(certificate, assessment);
            if (above.isPresent() && lists.isPresent()) {
                VerdictBasis basis = new VerdictBasis(
                        rules,
                        above.get().scope(),
                        above.get().issuers(),
                        VerdictBasis.addresses(certificate.x509()),
                        lists.get());
                String id = bases.computeIfAbsent(basis, VerdictBasis::id);
                verdicts.put(certificate.sha256().hex(), verdict(id, assessment));
            }
        });
        return Kept.of(bases.keySet(), verdicts);
    }

    private KeptVerdict verdict(String basis, Assessment assessment) {
        return new KeptVerdict(
                basis, settings.at(), assessment.purposes(), assessment.subject(), assessment.warnings());
    }

    private Optional<SortedSet<UsedList>> lists(PartnerCertificate certificate, Assessment assessment) {
        if (settings.revocation() == RevocationMode.OFF) {
            return Optional.of(new TreeSet<>());
        }
        boolean unsure = assessment.warnings().stream()
                .map(Reason::code)
                .anyMatch(code -> code == ReasonCode.REVOCATION_UNKNOWN);
        return unsure ? Optional.empty() : revocation.listsFor(certificate.x509());
    }

    /** The authorities of a path that ends in an anchor; empty for any other. */
    private static List<X509Certificate> issuers(List<PathStep> path) {
        return path.size() > 1 && path.getLast().isAnchor()
                ? path.stream().skip(1).map(PathStep::certificate).toList()
                : List.of();
    }

    private Optional<Above> above(List<X509Certificate> authorities) {
        List<PartnerCertificate> issuers = new ArrayList<>();
        try {
            for (X509Certificate authority : authorities) {
                issuers.add(PartnerCertificate.of(authority));
            }
        } catch (MalformedCertificateException e) {
            // Without an encoding it cannot be kept; the verdict is found out again next time.
            return Optional.empty();
        }
        return issuers.isEmpty() ? Optional.empty() : Optional.of(new Above(issuers, scope.digest(issuers)));
    }
}
