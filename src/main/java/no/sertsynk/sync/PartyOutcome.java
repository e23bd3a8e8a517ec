package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;

/** How a party fared, and the report that says so. Pure. */
final class PartyOutcome {
    private PartyOutcome() {}

    /**
     * The report of one party.
     *
     * @param lacking purposes and certificates that some keystore lacks although another has them
     * @param failed whether a keystore that serves the party failed
     */
    static PartyReport report(
            HerId herId,
            PartyFindings findings,
            Set<Purpose> purposes,
            PartyDecision decision,
            Map<CertificateDecision, Action> actions,
            boolean failed) {
        List<CertificateReport> certificates = new ArrayList<>();
        for (CertificateDecision certificate : decision.certificates()) {
            certificates.add(new CertificateReport(
                    certificate.purpose(),
                    certificate.certificate(),
                    certificate.assessment(),
                    certificate.role(),
                    actions.getOrDefault(certificate, certificate.action()),
                    certificate.until(),
                    certificate.takesOver(),
                    certificate.reasons(),
                    certificate.assessment().warnings()));
        }
        List<Reason> reasons = new ArrayList<>(decision.reasons());
        List<Reason> warnings = new ArrayList<>(findings.warnings());
        warnings.addAll(decision.warnings());
        boolean complete = purposes.stream().allMatch(purpose -> hasAcceptedCurrent(decision, purpose));
        (complete ? warnings : reasons).addAll(findings.malformed());
        Outcome outcome = failed ? Outcome.FAILED : outcome(reasons, purposes, decision, certificates);
        return new PartyReport(
                herId,
                findings.name(),
                findings.organizationNumber(),
                findings.ldapStrings(),
                outcome,
                reasons,
                warnings,
                certificates);
    }

    private static Outcome outcome(
            List<Reason> reasons, Set<Purpose> purposes, PartyDecision decision, List<CertificateReport> certificates) {
        Outcome worst = Outcome.UNCHANGED;
        for (Reason reason : reasons) {
            worst = worst.worse(reason.code().isUndetermined() ? Outcome.UNDETERMINED : Outcome.REJECTED);
        }
        boolean unanswered = reasons.stream().anyMatch(reason -> reason.code().isUndetermined());
        for (Purpose purpose : purposes) {
            if (certificates.stream().anyMatch(certificate -> isOpen(certificate, purpose))) {
                worst = worst.worse(Outcome.UNDETERMINED);
            } else if (!hasAcceptedCurrent(decision, purpose)
                    && !unanswered
                    && certificates.stream().noneMatch(certificate -> isWithheld(certificate, purpose))) {
                worst = worst.worse(Outcome.REJECTED);
            }
        }
        boolean changed = certificates.stream().anyMatch(certificate -> isChange(certificate.action()));
        return changed ? worst.worse(Outcome.UPDATED) : worst;
    }

    private static boolean hasAcceptedCurrent(PartyDecision decision, Purpose purpose) {
        return decision.current(purpose)
                .filter(current -> current.assessment().verdict() == Verdict.ACCEPTED)
                .isPresent();
    }

    private static boolean isOpen(CertificateReport certificate, Purpose purpose) {
        return certificate.purpose() == purpose && certificate.assessment().verdict() == Verdict.UNDETERMINED;
    }

    /** Whether it is accepted and the whole run was stopped before it could be installed. */
    private static boolean isWithheld(CertificateReport certificate, Purpose purpose) {
        return certificate.purpose() == purpose
                && certificate.assessment().verdict() == Verdict.ACCEPTED
                && certificate.action() == Action.WAIT;
    }

    static boolean isChange(Action action) {
        return switch (action) {
            case ADD, PROMOTE, RETIRE, REMOVE -> true;
            case KEEP, WAIT, REJECT -> false;
        };
    }
}
