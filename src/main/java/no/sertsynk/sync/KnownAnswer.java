package no.sertsynk.sync;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Sha256;
import no.sertsynk.register.Register.Changes;

/**
 * What the register answered of an active party beyond its {@link SyncState.PartyMemory}, and what its strings, which
 * all name serial numbers, found without any doubt. It stands for a look-up and the searches as long as the register says that nothing was changed.
 *
 * @param stamp what the register said of changes before it was looked up
 * @param validTo when the party ends without any further change, if told
 * @param certificates of the strings; all of them stored
 */
public record KnownAnswer(
        Stamp stamp,
        Optional<Instant> validTo,
        Optional<OrganizationNumber> organizationNumber,
        Optional<OrganizationNumber> parentOrganizationNumber,
        List<Sha256> certificates) {
    public KnownAnswer {
        certificates = List.copyOf(certificates);
    }

    /** Whether the register would answer the same. */
    boolean holds(HerId herId, Changes changes, Instant at) {
        return (stamp.parent.isEmpty() || stamp.parentUpdated.isPresent())
                && validTo.filter(end -> !at.isBefore(end)).isEmpty()
                && Stamp.of(herId, stamp.parent, changes).filter(stamp::equals).isPresent();
    }

    /**
     * How the register's entries that an answer is made of were told to be, to the millisecond.
     *
     * @param source which register said so
     * @param parent whose addresses the party inherits, if it does
     * @param parentUpdated empty where the parent was not asked about yet
     */
    public record Stamp(String source, Instant lastUpdated, Optional<HerId> parent, Optional<Instant> parentUpdated) {
        public Stamp {
            lastUpdated = lastUpdated.truncatedTo(ChronoUnit.MILLIS);
            parentUpdated = parentUpdated.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
        }

        /** Empty if the register said nothing of the party. */
        static Optional<Stamp> of(HerId herId, Optional<HerId> parent, Changes changes) {
            return changes.lastUpdated(herId)
                    .map(time -> new Stamp(changes.source(), time, parent, parent.flatMap(changes::lastUpdated)));
        }
    }
}
