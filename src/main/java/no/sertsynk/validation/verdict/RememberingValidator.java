package no.sertsynk.validation.verdict;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationStatus;
import no.sertsynk.validation.verdict.VerdictStore.Kept;

/**
 * Serves an accepted verdict of an earlier run where everything that it depends on is the same: the rules, every
 * certificate that may stand in its path, their validity, and the revocation lists and answers, byte for byte. For the
 * last, the first certificate of each basis is asked about as it would be without this class, which also finds out whether
 * they still count; where that relies on the very same ones, it tells the same of all the others. Whatever is in doubt is validated anew. Safe for threads; for one run.
 */
public final class RememberingValidator implements Validator {
    /** However little has changed: so long a verdict is served at most. */
    static final Duration SERVED_FOR = Duration.ofHours(24);

    private final ValidationSettings settings;
    private final Sha256 rules;
    private final TrustScope scope;
    private final RecordedRevocation revocation;
    private final Once<Validator> validator;
    private final VerdictStore store;
    private final Kept kept;
    private final Map<String, Optional<Today>> today = new ConcurrentHashMap<>();
    private final Map<String, Assessment> served = new ConcurrentHashMap<>();
    private final FreshVerdicts fresh;

    /**
     * What a run validates with.
     *
     * @param rules by {@link Rules#digest}
     */
    public record Setting(TrustStore trust, ValidationSettings settings, Sha256 rules, VerdictStore store) {}

    private RememberingValidator(
            Setting setting, RecordedRevocation revocation, Function<RevocationCheck, Validator> validators) {
        this.settings = setting.settings();
        this.rules = setting.rules();
        this.scope = new TrustScope(setting.trust());
        this.revocation = revocation;
        this.validator = new Once<>(() -> validators.apply(revocation));
        this.store = setting.store();
        this.kept = store.recall();
        this.fresh = new FreshVerdicts(settings, rules, scope, revocation);
        if (kept.verdicts().isEmpty()) {
            // It will be needed; the caller may be ahead of the first who asks.
            validator.make();
        }
    }

    /**
     * A validator in front of another.
     *
     * @param validators makes the other, with the revocation check that it must use; called when it is first needed, or at once if nothing is kept
     */
    public static RememberingValidator create(
            Setting setting, RevocationCheck revocation, Function<RevocationCheck, Validator> validators) {
        return new RememberingValidator(setting, new RecordedRevocation(revocation), validators);
    }

    /** Made by the first who asks. */
    private static final class Once<T> {
        private final Supplier<T> maker;
        private Optional<T> made = Optional.empty();

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        synchronized void make() {
            if (made.isEmpty()) {
                made = Optional.of(maker.get());
            }
        }

        synchronized T get() {
            make();
            return made.orElseThrow();
        }
    }

    /** A basis that is today as it was: the evidence that says so, and its path. */
    private record Today(List<String> evidence, List<PathStep> issuers) {}

    @Override
    public Assessment assess(PartnerCertificate certificate) {
        String digest = certificate.sha256().hex();
        Assessment known = served.get(digest);
        if (known == null) {
            known = remembered(certificate).orElse(null);
            if (known == null) {
                known = validator.get().assess(certificate);
                if (known.verdict() == Verdict.ACCEPTED) {
                    fresh.add(certificate, known);
                }
            }
            served.put(digest, known);
        }
        return known;
    }

    private Optional<Assessment> remembered(PartnerCertificate certificate) {
        KeptVerdict verdict = kept.verdicts().get(certificate.sha256().hex());
        if (verdict == null || !isServed(verdict) || !VerdictBasis.isValid(certificate, settings.at())) {
            return Optional.empty();
        }
        return today.computeIfAbsent(verdict.basis(), id -> today(id, certificate.x509()))
                .map(basis -> assessment(certificate, verdict, basis));
    }

    private boolean isServed(KeptVerdict verdict) {
        Instant at = settings.at();
        return !at.isBefore(verdict.checkedAt())
                && at.isBefore(verdict.checkedAt().plus(SERVED_FOR));
    }

    private Optional<Today> today(String id, X509Certificate first) {
        VerdictBasis basis = kept.bases().get(id);
        if (basis == null
                || !basis.rules().equals(rules)
                || !basis.isValid(settings.at())
                || !scope.isAnchor(basis.anchor())
                || !basis.trust().equals(scope.digest(basis.issuers()))) {
            return Optional.empty();
        }
        List<String> evidence = new ArrayList<>();
        if (settings.revocation() != RevocationMode.OFF) {
            PathRevocation found = revocation.check(basis.pathOf(first), basis.anchor());
            if (!RecordedRevocation.lists(found, first).equals(Optional.of(basis.lists()))) {
                return Optional.empty();
            }
            for (RevocationStatus status : found.statuses().reversed()) {
                if (status instanceof RevocationStatus.Good(List<Evidence> sources)) {
                    sources.forEach(source -> evidence.add(source.text()));
                }
            }
        }
        return Optional.of(new Today(evidence, steps(basis)));
    }

    /** Without checks: they were made in an earlier run. */
    private static List<PathStep> steps(VerdictBasis basis) {
        List<PathStep> steps = new ArrayList<>();
        for (PartnerCertificate issuer : basis.issuers()) {
            steps.add(new PathStep(issuer.x509(), issuer.x509().equals(basis.anchor()), List.of()));
        }
        return steps;
    }

    private static Assessment assessment(PartnerCertificate certificate, KeptVerdict verdict, Today basis) {
        List<PathStep> path = new ArrayList<>(List.of(new PathStep(certificate.x509(), false, List.of())));
        path.addAll(basis.issuers());
        return new Assessment(
                Verdict.ACCEPTED,
                verdict.purposes(),
                verdict.subject(),
                List.of(),
                verdict.warnings(),
                basis.evidence(),
                path);
    }

    /** Keeps what this run accepted anew; called once at its end, and not by a run as of another time. */
    public void keep() {
        Kept added = fresh.kept();
        if (!added.verdicts().isEmpty()) {
            store.keep(added, settings.at().minus(SERVED_FOR));
        }
    }
}
