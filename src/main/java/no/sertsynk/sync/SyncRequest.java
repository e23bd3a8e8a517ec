package no.sertsynk.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.rollover.Guards.Guard;

/**
 * What one run is asked to do.
 *
 * @param runId names the run in reports and records
 * @param startedAt by the real clock
 * @param at the time of validation; normally {@code startedAt}
 * @param only the parties to touch; empty for all
 * @param force guards that are not to hold anything back
 * @param acceptOrganization a number that the administrator accepts for the parties of this run
 * @param handedOver certificates that the administrator hands over for the one party of this run: candidates beside those
 *     that the register names, which then need not answer
 */
public record SyncRequest(
        String runId,
        Instant startedAt,
        Instant at,
        Set<HerId> only,
        boolean dryRun,
        Set<Guard> force,
        Optional<OrganizationNumber> acceptOrganization,
        List<PartnerCertificate> handedOver) {
    public SyncRequest {
        only = Set.copyOf(only);
        force = Set.copyOf(force);
        handedOver = List.copyOf(handedOver);
        if (!handedOver.isEmpty() && only.size() != 1) {
            throw new IllegalArgumentException("certificates are handed over for one party, found " + only);
        }
    }

    /**
     * Whether it looks at all parties as they are now, and nobody asks for anything in particular. Only then may what is
     * remembered stand for an answer.
     */
    boolean isRoutine() {
        return only.isEmpty() && force.isEmpty() && acceptOrganization.isEmpty() && at.equals(startedAt);
    }

    boolean touches(HerId herId) {
        return only.isEmpty() || only.contains(herId);
    }
}
