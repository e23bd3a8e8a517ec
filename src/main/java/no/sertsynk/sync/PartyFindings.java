package no.sertsynk.sync;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Offer;

/**
 * What register and directories answered for one party, assessed.
 *
 * @param registerAnswered whether the register said anything about the party, also that there is none
 * @param namesCertificates whether the register told where the party's certificates are, or handed them out
 * @param fitting organisation numbers that the register tells; empty if it told nothing of the party
 * @param problems of the party as a whole
 * @param emptyStrings strings in force that name no serial number and found nothing
 * @param malformed values in a directory that are no certificates
 * @param answer what may stand for the register's next answer if it tells of no change
 */
record PartyFindings(
        boolean registerAnswered,
        boolean namesCertificates,
        String name,
        Optional<Set<OrganizationNumber>> fitting,
        Optional<OrganizationNumber> organizationNumber,
        List<String> ldapStrings,
        List<Reason> problems,
        List<Reason> warnings,
        List<Offer> offers,
        List<Reason> malformed,
        List<BigInteger> missingSerials,
        List<String> emptyStrings,
        Map<Purpose, Sha256> own,
        Optional<Instant> ownCheckedAt,
        Optional<KnownAnswer> answer) {}
