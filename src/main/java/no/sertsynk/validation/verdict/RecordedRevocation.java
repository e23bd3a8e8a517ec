package no.sertsynk.validation.verdict;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationStatus;
import no.sertsynk.validation.verdict.VerdictBasis.UsedList;

/** Remembers what a revocation check told of each certificate. */
final class RecordedRevocation implements RevocationCheck {
    private final RevocationCheck check;
    private final Map<X509Certificate, PathRevocation> told = new ConcurrentHashMap<>();

    RecordedRevocation(RevocationCheck check) {
        this.check = check;
    }

    @Override
    public PathRevocation check(List<X509Certificate> path, X509Certificate anchor) {
        PathRevocation found = check.check(path, anchor);
        if (!path.isEmpty()) {
            told.put(path.getFirst(), found);
        }
        return found;
    }

    /**
     * The lists and answers by which a whole path is good; empty if it is not, or by nothing, or with a warning.
     *
     * @param certificate the first of the path
     */
    static Optional<SortedSet<UsedList>> lists(PathRevocation found, X509Certificate certificate) {
        SortedSet<UsedList> lists = new TreeSet<>();
        for (RevocationStatus status : found.statuses()) {
            if (!(status instanceof RevocationStatus.Good(List<Evidence> evidence)) || evidence.isEmpty()) {
                return Optional.empty();
            }
            for (Evidence one : evidence) {
                lists.add(new UsedList(source(one, certificate), one.sha256()));
            }
        }
        return found.warnings().isEmpty() ? Optional.of(lists) : Optional.empty();
    }

    /**
     * A list tells the same of all that it does not hold. An answer speaks of single certificates, of each until another
     * time even where several stand in one; so what rests on one is the basis of that certificate's verdict alone.
     */
    private static String source(Evidence evidence, X509Certificate certificate) {
        return switch (evidence.kind()) {
            case CRL -> evidence.source();
            case OCSP ->
                evidence.source() + " of " + certificate.getSerialNumber() + " by "
                        + certificate.getIssuerX500Principal().getName();
        };
    }

    /** As {@link #lists(PathRevocation, X509Certificate)}, of what was told of that certificate last. */
    Optional<SortedSet<UsedList>> listsFor(X509Certificate certificate) {
        return Optional.ofNullable(told.get(certificate)).flatMap(found -> lists(found, certificate));
    }
}
