package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Searches the ways from one certificate to the anchors, the likeliest first, and hands each to the engine until one is
 * valid. Follows only signatures that verify and authorities that could be valid, never goes in circles (RFC 4158,
 * 2.4.2), passes by ways whose upper part the engine has refused already, and ends at its limits. Used once.
 */
final class PathSearch {
    private final IssuerIndex index;
    private final IssuerSource further;
    private final PathJudge judge;
    private final Instant at;
    private final SearchLimits limits;
    private final long deadline;

    private final Map<Candidate, List<Candidate>> issuers = new HashMap<>();
    private final Set<List<X509Certificate>> refusedTops = new HashSet<>();
    private final List<Candidate> way = new ArrayList<>();
    private final DeadEnds deadEnds = new DeadEnds();
    private int steps;
    private int signatures;
    private int paths;
    private Optional<CertificationPath> valid = Optional.empty();

    PathSearch(IssuerIndex index, IssuerSource further, PathJudge judge, Instant at, SearchLimits limits) {
        this.index = index;
        this.further = further;
        this.judge = judge;
        this.at = at;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    /** Thrown to leave the search from any depth. */
    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted(String what) {
            super(what, null, false, false);
        }
    }

    PathResult find(X509Certificate certificate) {
        try {
            way.add(Candidate.of(certificate));
            climb();
        } catch (Exhausted e) {
            return new PathResult.Invalid(
                    List.of(Reason.of(
                            ReasonCode.LIMIT_EXCEEDED,
                            "expected a path to an anchor among few possible ones, found more than " + e.getMessage()
                                    + " without an end; its issuers are too entangled")),
                    deadEnds.nearest());
        }
        return valid.isPresent()
                ? new PathResult.Valid(valid.get())
                : new PathResult.Invalid(deadEnds.reasons(certificate, at), deadEnds.nearest());
    }

    private boolean climb() {
        Candidate below = way.getLast();
        for (Candidate issuer : issuersOf(below)) {
            spend(++steps, limits.steps(), "steps");
            if (issuer.isAnchor() ? reached(issuer) : !isCircle(issuer) && climbTo(issuer)) {
                return true;
            }
        }
        return false;
    }

    private boolean climbTo(Candidate issuer) {
        spend(way.size() + 1, limits.depth(), "certificates in a row");
        way.add(issuer);
        boolean found = climb();
        way.removeLast();
        return found;
    }

    private boolean isCircle(Candidate issuer) {
        return way.stream().anyMatch(issuer::isSameAuthority);
    }

    private boolean reached(Candidate anchor) {
        List<X509Certificate> certificates =
                way.stream().map(Candidate::certificate).toList();
        if (isTopRefused(certificates, anchor.certificate())) {
            return false;
        }
        spend(++paths, limits.paths(), "paths");
        CertificationPath path = new CertificationPath(certificates, anchor.certificate());
        Optional<Refusal> refusal = judge.refusal(path);
        if (refusal.isEmpty()) {
            valid = Optional.of(path);
            return true;
        }
        deadEnds.refused(path, refusal.get());
        if (refusal.get().index() > 0) {
            refusedTops.add(top(certificates, refusal.get().index(), anchor.certificate()));
        }
        return false;
    }

    /** The part from a certificate up to and with the anchor; what the engine finds there depends on nothing below. */
    private static List<X509Certificate> top(List<X509Certificate> certificates, int from, X509Certificate anchor) {
        List<X509Certificate> top = new ArrayList<>(certificates.subList(from, certificates.size()));
        top.add(anchor);
        return top;
    }

    private boolean isTopRefused(List<X509Certificate> certificates, X509Certificate anchor) {
        if (refusedTops.isEmpty()) {
            return false;
        }
        for (int from = 1; from < certificates.size(); from++) {
            if (refusedTops.contains(top(certificates, from, anchor))) {
                return true;
            }
        }
        return false;
    }

    private List<Candidate> issuersOf(Candidate signed) {
        List<Candidate> known = issuers.get(signed);
        if (known == null) {
            known = verified(signed);
            if (known.isEmpty()) {
                further.issuersOf(signed.certificate()).forEach(index::add);
                known = verified(signed);
            }
            issuers.put(signed, known);
        }
        return known;
    }

    /** Those whose key signed it, anchors first, and of equals those that the key identifiers speak for. */
    private List<Candidate> verified(Candidate signed) {
        List<Candidate> named = new ArrayList<>(index.named(signed.issuer()));
        named.sort(Comparator.comparing((Candidate issuer) -> !issuer.isAnchor())
                .thenComparing(issuer -> issuer.keyMatch(signed)));
        List<Candidate> verified = new ArrayList<>();
        for (Candidate issuer : named) {
            if (issuer.equals(signed) && !issuer.isAnchor()) {
                continue;
            }
            spend(++signatures, limits.signatures(), "signatures");
            if (!issuer.maySign(signed)) {
                deadEnds.notSigned(signed, issuer);
                continue;
            }
            Optional<Reason> unfit = issuer.isAnchor() ? Optional.empty() : issuer.unfit(at);
            if (unfit.isPresent()) {
                deadEnds.unfit(unfit.get());
            } else {
                verified.add(issuer);
            }
        }
        if (verified.isEmpty()) {
            deadEnds.withoutIssuer(signed, way);
        }
        return verified;
    }

    private void spend(int spent, int limit, String what) {
        if (spent > limit) {
            throw new Exhausted(limit + " " + what);
        }
        if (System.nanoTime() - deadline > 0) {
            throw new Exhausted("the " + limits.time().toSeconds() + " s allowed");
        }
    }
}
