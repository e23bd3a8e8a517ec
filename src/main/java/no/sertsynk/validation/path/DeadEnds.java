package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.path.Candidate.KeyMatch;

/** Remembers why ways led nowhere, and explains it in the end. Decides nothing. */
final class DeadEnds {
    /** Enough to explain; a hostile tangle has thousands. */
    private static final int MAX_REASONS = 3;

    private final List<PathResult.Attempt> attempts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<Reason> unfit = new LinkedHashSet<>();
    private final Set<Candidate> forged = new LinkedHashSet<>();
    private final Set<Candidate> withoutIssuer = new LinkedHashSet<>();
    private final Set<Candidate> otherKey = new LinkedHashSet<>();

    /** The engine refused a whole path. */
    void refused(CertificationPath path, Refusal refusal) {
        if (attempts.isEmpty() || refusal.index() < refusals.getFirst().index()) {
            attempts.addFirst(new PathResult.Attempt(path, refusal.index()));
            refusals.addFirst(refusal);
        }
    }

    /** An authority signed, but can never stand in a path. */
    void unfit(Reason reason) {
        if (unfit.size() < MAX_REASONS) {
            unfit.add(reason);
        }
    }

    /** An authority of the right name did not sign. */
    void notSigned(Candidate signed, Candidate issuer) {
        (issuer.keyMatch(signed) == KeyMatch.OTHER ? otherKey : forged).add(signed);
    }

    /** There is no way on from this one. */
    void withoutIssuer(Candidate signed, List<Candidate> way) {
        if (way.contains(signed)) {
            withoutIssuer.add(signed);
        }
    }

    /** The refused path that came nearest to being valid. */
    Optional<PathResult.Attempt> nearest() {
        return attempts.stream().findFirst();
    }

    /** Why there is no valid path: the certificate's own time, and what the nearest way ended at. At least one. */
    List<Reason> reasons(X509Certificate certificate, Instant at) {
        Set<Reason> reasons = new LinkedHashSet<>();
        Validity.problem(certificate, at, "the certificate").ifPresent(reasons::add);
        if (!refusals.isEmpty()) {
            Refusal refusal = refusals.getFirst();
            if (!reasons.stream().map(Reason::code).toList().contains(refusal.code())) {
                reasons.add(reason(refusal));
            }
        } else if (!unfit.isEmpty()) {
            reasons.addAll(unfit);
        } else {
            withoutIssuer.stream().limit(MAX_REASONS).map(this::unknownIssuer).forEach(reasons::add);
        }
        if (reasons.isEmpty()) {
            reasons.add(Reason.of(
                    ReasonCode.UNTRUSTED,
                    "expected a way to a trust anchor, found that its issuers lead back to each other"));
        }
        return List.copyOf(reasons);
    }

    private static Reason reason(Refusal refusal) {
        String where = refusal.index() == 0 ? "" : " (in issuer number " + refusal.index() + " above the certificate)";
        return Reason.of(
                refusal.code(), "expected a valid certification path (RFC 5280, 6), found: " + refusal.found() + where);
    }

    private Reason unknownIssuer(Candidate signed) {
        String issuer = DistinguishedNames.text(signed.certificate().getIssuerX500Principal());
        if (forged.contains(signed)) {
            return Reason.of(
                    ReasonCode.BAD_SIGNATURE,
                    "expected a signature by " + issuer + ", found one that its key does not verify");
        }
        return Reason.of(
                ReasonCode.UNTRUSTED,
                "expected an issuer among the trust anchors or on a way to one, found " + issuer
                        + (otherKey.contains(signed) ? " with another key than the trusted authority of that name" : "")
                        + "; add its authority to trust.anchors only if you know it");
    }
}
