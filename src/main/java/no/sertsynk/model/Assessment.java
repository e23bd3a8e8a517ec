package no.sertsynk.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What validation found about one certificate at one time. Says nothing of the party that wants to use it: whether the
 * organisation number fits is decided where the party is known.
 *
 * @param verdict what all reasons together come to
 * @param purposes what the key usage allows, also for a rejected certificate
 * @param subject whom it names
 * @param reasons why it is not accepted; empty exactly if it is
 * @param warnings what an administrator should know although it is accepted
 * @param evidence one line for each source that was relied on, such as "CRL http://… of 2026-01-01T04:00:00Z"
 * @param path what was checked of the certificate and of each issuer above it, up to the anchor; the certificate alone if
 *     no way leads to an anchor, empty if it could not even be read
 */
public record Assessment(
        Verdict verdict,
        Set<Purpose> purposes,
        SubjectIdentity subject,
        List<Reason> reasons,
        List<Reason> warnings,
        List<String> evidence,
        List<PathStep> path) {
    public Assessment {
        purposes = Set.copyOf(purposes);
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
        evidence = List.copyOf(evidence);
        path = List.copyOf(path);
        if (reasons.isEmpty() != (verdict == Verdict.ACCEPTED)) {
            throw new IllegalArgumentException("a verdict of " + verdict + " with reasons " + reasons);
        }
    }

    /** Without a path. */
    public Assessment(
            Verdict verdict,
            Set<Purpose> purposes,
            SubjectIdentity subject,
            List<Reason> reasons,
            List<Reason> warnings,
            List<String> evidence) {
        this(verdict, purposes, subject, reasons, warnings, evidence, List.of());
    }

    /** The same with one more warning. */
    public Assessment withWarning(Reason warning) {
        return new Assessment(verdict, purposes, subject, reasons, with(warnings, warning), evidence, path);
    }

    /** The same, rejected for one more reason. */
    public Assessment rejected(Reason reason) {
        return new Assessment(Verdict.REJECTED, purposes, subject, with(reasons, reason), warnings, evidence, path);
    }

    private static List<Reason> with(List<Reason> reasons, Reason added) {
        List<Reason> more = new ArrayList<>(reasons);
        more.add(added);
        return more;
    }

    /** Whether one of the reasons has that code. */
    public boolean has(ReasonCode code) {
        return reasons.stream().anyMatch(reason -> reason.code() == code);
    }
}
