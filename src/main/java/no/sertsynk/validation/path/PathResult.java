package no.sertsynk.validation.path;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Reason;

/** Whether there is a valid path. */
public sealed interface PathResult {
    /** There is one. */
    record Valid(CertificationPath path) implements PathResult {}

    /**
     * There is none.
     *
     * @param reasons why; never empty
     * @param nearest the path that came nearest, with the place of the certificate that it fails at; empty if no way leads
     *     to an anchor
     */
    record Invalid(List<Reason> reasons, Optional<Attempt> nearest) implements PathResult {
        public Invalid {
            reasons = List.copyOf(reasons);
        }
    }

    /** A path that was refused. */
    record Attempt(CertificationPath path, int failedAt) {}
}
