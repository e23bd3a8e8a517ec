package no.sertsynk.service.schedule;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.rollover.Guards.Guard;

/**
 * What a run is asked to do.
 *
 * @param parties the parties to touch; empty for all
 * @param force guards that are not to hold anything back
 * @param accepted a number that the administrator accepts for the parties of this run
 */
public record RunOrder(Set<HerId> parties, Set<Guard> force, Optional<OrganizationNumber> accepted) {
    public static final RunOrder ALL = of(Set.of());

    public RunOrder {
        parties = Set.copyOf(parties);
        force = Set.copyOf(force);
    }

    public static RunOrder of(Set<HerId> parties) {
        return new RunOrder(parties, Set.of(), Optional.empty());
    }

    /** Whether one run can answer this and others: what an administrator forces must touch no more than was asked. */
    boolean isShareable() {
        return force.isEmpty() && accepted.isEmpty();
    }

    /** An order that answers both. */
    RunOrder with(RunOrder other) {
        if (parties.isEmpty() || other.parties.isEmpty()) {
            return ALL;
        }
        Set<HerId> both = new HashSet<>(parties);
        both.addAll(other.parties);
        return of(both);
    }
}
