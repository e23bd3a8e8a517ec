package no.sertsynk.model;

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
 */
public record Assessment(
        Verdict verdict,
        Set<Purpose> purposes,
        SubjectIdentity subject,
        List<Reason> reasons,
        List<Reason> warnings,
        List<String> evidence) {
    public Assessment {
        purposes = Set.copyOf(purposes);
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
        evidence = List.copyOf(evidence);
        if (reasons.isEmpty() != (verdict == Verdict.ACCEPTED)) {
            throw new IllegalArgumentException("a verdict of " + verdict + " with reasons " + reasons);
        }
    }

    /** Whether one of the reasons has that code. */
    public boolean has(ReasonCode code) {
        return reasons.stream().anyMatch(reason -> reason.code() == code);
    }
}
