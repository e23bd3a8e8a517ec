package no.sertsynk.validation.revocation;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import no.sertsynk.validation.revocation.RevocationStatus.Unknown;

/** Revocation by lists: the usual kind by {@link SimpleCrlCheck}, the others by {@link ListProcessing}. */
final class ListRevocationCheck implements RevocationCheck {
    private final CrlSource lists;
    private final Instant at;
    private final Duration maxStale;
    private final SimpleCrlCheck simple;
    private final ListProcessing processing;

    ListRevocationCheck(TrustStore trust, ValidationSettings settings, CrlSource lists) {
        this.lists = lists;
        this.at = settings.at();
        this.maxStale = settings.maxStale();
        this.simple = new SimpleCrlCheck(at, maxStale);
        this.processing = new PkixListProcessing(trust, at);
    }

    @Override
    public PathRevocation check(List<X509Certificate> path, X509Certificate anchor) {
        RevocationStatus[] statuses = new RevocationStatus[path.size()];
        // From the anchor down: the word of a revoked issuer counts for nothing.
        for (int i = path.size() - 1; i >= 0; i--) {
            X509Certificate subject = path.get(i);
            X509Certificate issuer = i + 1 < path.size() ? path.get(i + 1) : anchor;
            CrlSource.Lists found = lists.listsFor(subject);
            switch (simple.check(subject, issuer, found.crls())) {
                case SimpleCrlCheck.Answer.Known(RevocationStatus status) -> statuses[i] = status;
                case SimpleCrlCheck.Answer.NotSimple() -> {
                    if (found.crls().isEmpty() && lists.all().isEmpty()) {
                        statuses[i] = new Unknown(
                                found.problems().isEmpty()
                                        ? List.of("no revocation list of its issuer")
                                        : found.problems());
                    } else {
                        process(path, anchor, statuses);
                        i = 0;
                    }
                }
            }
            if (statuses[i] instanceof Revoked) {
                Arrays.fill(statuses, 0, i, new Unknown(List.of("its issuer is revoked")));
                break;
            }
        }
        return new PathRevocation(Arrays.asList(statuses), List.of());
    }

    private void process(List<X509Certificate> path, X509Certificate anchor, RevocationStatus[] statuses) {
        List<X509CRL> all = lists.all();
        List<Evidence> evidence = all.stream().map(this::evidence).toList();
        int last = switch (processing.judge(path, anchor, all)) {
            case ListProcessing.Outcome.AllGood() -> -1;
            case ListProcessing.Outcome.Revoked(int index, String message, boolean onHold) -> {
                Arrays.fill(statuses, 0, index, new Unknown(List.of("its issuer is revoked")));
                statuses[index] = new Revoked(
                        "expected a certificate in force, found: " + message
                                + (onHold ? " (on hold; it may come back)" : ""),
                        onHold,
                        evidence.getFirst());
                yield index;
            }
            case ListProcessing.Outcome.Unknown(int index, String message) -> {
                Arrays.fill(statuses, 0, index + 1, new Unknown(List.of(message)));
                yield index;
            }
        };
        Arrays.fill(statuses, last + 1, statuses.length, new Good(evidence));
    }

    private Evidence evidence(X509CRL list) {
        Instant thisUpdate = list.getThisUpdate().toInstant();
        Optional<Instant> nextUpdate = Optional.ofNullable(list.getNextUpdate()).map(java.util.Date::toInstant);
        return new Evidence(
                Evidence.Kind.CRL,
                list.getIssuerX500Principal().getName(),
                thisUpdate,
                nextUpdate,
                Optional.empty(),
                false,
                nextUpdate.orElse(thisUpdate).plus(maxStale),
                digest(list));
    }

    static Sha256 digest(X509CRL list) {
        try {
            return Sha256.of(list.getEncoded());
        } catch (CRLException e) {
            throw new IllegalStateException("a list that was parsed has an encoding", e);
        }
    }

    @Override
    public boolean holds(Evidence evidence) {
        List<Sha256> known = new ArrayList<>();
        lists.all().forEach(list -> known.add(digest(list)));
        return !at.isAfter(evidence.holdsUntil()) && known.contains(evidence.sha256());
    }
}
