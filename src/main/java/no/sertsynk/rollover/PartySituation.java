package no.sertsynk.rollover;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;

/**
 * All that bears on what should be installed for one party.
 *
 * @param at the time of the decision
 * @param purposes the configured ones, over all keystores that serve the party
 * @param problems why the party could not be answered (wholly); then nothing is concluded from what is missing
 * @param offers what directories and register gave; without duplicates
 * @param own the register's own certificates, where known
 * @param missingSerials named by a string in force and found in no directory
 * @param emptyStrings strings in force, as registered, that name no serial number and found nothing
 * @param droppedAt since when the register names an installed certificate no more
 * @param keepPrevious how long such a one stays; empty: until it expires
 * @param cutOver when the party's service switches the old certificate off, if it tells; goes before keepPrevious
 */
public record PartySituation(
        Instant at,
        Set<Purpose> purposes,
        List<Reason> problems,
        List<Offer> offers,
        List<Installed> installed,
        Map<Purpose, Sha256> own,
        OrganizationFacts organization,
        List<BigInteger> missingSerials,
        List<String> emptyStrings,
        Map<Sha256, Instant> droppedAt,
        Optional<Duration> keepPrevious,
        Optional<CutOver> cutOver) {
    public PartySituation {
        purposes = Set.copyOf(purposes);
        problems = List.copyOf(problems);
        offers = List.copyOf(offers);
        installed = List.copyOf(installed);
        own = Map.copyOf(own);
        missingSerials = List.copyOf(missingSerials);
        emptyStrings = List.copyOf(emptyStrings);
        droppedAt = Map.copyOf(droppedAt);
    }
}
