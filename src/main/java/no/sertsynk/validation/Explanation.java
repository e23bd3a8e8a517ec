package no.sertsynk.validation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.PathStep.Check;
import no.sertsynk.model.PathStep.Kind;
import no.sertsynk.model.PathStep.Outcome;
import no.sertsynk.model.PathStep.Source;
import no.sertsynk.model.Reason;
import no.sertsynk.validation.path.CertificationPath;
import no.sertsynk.validation.path.PathResult.Attempt;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.RevocationStatus;

/** Collects what was checked of each certificate of a path. Decides nothing. */
final class Explanation {
    private static final Check ENCODING = passed(Kind.ENCODING);
    private static final Check SIGNATURE = passed(Kind.SIGNATURE);
    private static final Check VALIDITY = passed(Kind.VALIDITY);
    private static final Check CONSTRAINTS = passed(Kind.CONSTRAINTS);

    private final List<X509Certificate> certificates;
    private final Optional<X509Certificate> anchor;
    private final List<List<Check>> checks;

    private Explanation(List<X509Certificate> certificates, Optional<X509Certificate> anchor) {
        this.certificates = certificates;
        this.anchor = anchor;
        this.checks = new ArrayList<>(certificates.size());
        for (int i = 0; i < certificates.size(); i++) {
            checks.add(new ArrayList<>(6));
        }
    }

    static Explanation of(CertificationPath valid) {
        Explanation explanation = new Explanation(valid.certificates(), Optional.of(valid.anchor()));
        explanation.checks.forEach(Explanation::addPath);
        return explanation;
    }

    /** A path that failed at a place: above it all is well, below it nothing was looked at. */
    static Explanation of(Attempt attempt, List<Reason> reasons) {
        CertificationPath path = attempt.path();
        Explanation explanation = new Explanation(path.certificates(), Optional.of(path.anchor()));
        for (int i = attempt.failedAt() + 1; i < path.certificates().size(); i++) {
            addPath(explanation.checks.get(i));
        }
        reasons.forEach(reason -> explanation.failed(attempt.failedAt(), kind(reason), reason));
        return explanation;
    }

    /** A certificate from which no way leads to an anchor. */
    static Explanation of(X509Certificate certificate, List<Reason> reasons) {
        Explanation explanation = new Explanation(List.of(certificate), Optional.empty());
        reasons.forEach(reason -> explanation.failed(0, kind(reason), reason));
        return explanation;
    }

    private static void addPath(List<Check> checks) {
        checks.add(ENCODING);
        checks.add(SIGNATURE);
        checks.add(VALIDITY);
        checks.add(CONSTRAINTS);
    }

    private static Kind kind(Reason reason) {
        return switch (reason.code()) {
            case UNTRUSTED, BAD_SIGNATURE -> Kind.SIGNATURE;
            case EXPIRED, NOT_YET_VALID -> Kind.VALIDITY;
            case MALFORMED_CERTIFICATE -> Kind.ENCODING;
            default -> Kind.CONSTRAINTS;
        };
    }

    void profile(int index, List<Reason> reasons, String name) {
        if (reasons.isEmpty()) {
            checks.get(index).add(Check.of(Kind.PROFILE, Outcome.PASSED, name));
        }
        reasons.forEach(reason -> failed(index, Kind.PROFILE, reason));
    }

    void revocation(int index, RevocationStatus status) {
        checks.get(index)
                .add(
                        switch (status) {
                            case RevocationStatus.Good(List<Evidence> evidence) ->
                                new Check(
                                        Kind.REVOCATION,
                                        Outcome.PASSED,
                                        evidence.isEmpty() ? "its issuer has no revocation service any more" : "",
                                        sources(evidence));
                            case RevocationStatus.Revoked(String message, boolean onHold, Evidence evidence) ->
                                new Check(Kind.REVOCATION, Outcome.FAILED, message, sources(List.of(evidence)));
                            case RevocationStatus.Unknown(List<String> why) ->
                                Check.of(Kind.REVOCATION, Outcome.UNKNOWN, String.join("; ", why));
                        });
    }

    private static List<Source> sources(List<Evidence> evidence) {
        List<Source> sources = new ArrayList<>(evidence.size());
        for (Evidence one : evidence) {
            sources.add(
                    new Source(one.kind().name(), one.source(), one.thisUpdate(), one.nextUpdate(), one.fromCache()));
        }
        return sources;
    }

    private void failed(int index, Kind kind, Reason reason) {
        checks.get(index).add(Check.of(kind, Outcome.FAILED, reason.message()));
    }

    private static Check passed(Kind kind) {
        return Check.of(kind, Outcome.PASSED, "");
    }

    /** The steps, the certificate first, the anchor last. */
    List<PathStep> steps() {
        List<PathStep> steps = new ArrayList<>(certificates.size() + 1);
        for (int i = 0; i < certificates.size(); i++) {
            steps.add(new PathStep(certificates.get(i), false, checks.get(i)));
        }
        anchor.ifPresent(trusted -> steps.add(new PathStep(trusted, true, List.of())));
        return steps;
    }
}
