package no.sertsynk.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;

/**
 * What runs remember. The keystore file is the truth about what is installed; this is the truth about why, and about
 * whose entries are ours. Each method is one transaction. Safe for threads.
 *
 * <p>Order in a run: {@link #recall()}, then for each keystore {@link #claim} before the file is written and
 * {@link #settle} after, and {@link #record} at any time from another thread. After a crash between the two, an entry is
 * claimed that the file does not hold, which harms nothing; an entry of ours that is not claimed cannot come about.
 */
public interface SyncState {
    /** Everything a run needs to know of earlier ones. */
    Memory recall();

    /** Adds to what is ours in the keystore; called before the file is written. */
    void claim(String keystore, List<Entry> entries);

    /** States exactly what is ours in the keystore, its generation, and what was changed in it by the run and why. */
    void settle(String runId, Instant at, String keystore, int generation, List<Entry> entries, List<Change> changes);

    /** Stores a run's report and what each party is to be remembered for; replaces what was stored of those parties. */
    void record(SyncReport report, List<PartyMemory> parties);

    /**
     * What is remembered.
     *
     * @param lastRunAt when the latest run that was no dry run began, by the real clock
     * @param keystores by name; a keystore that was never settled or claimed is absent
     */
    record Memory(Optional<Instant> lastRunAt, Map<String, KeystoreMemory> keystores, Map<HerId, PartyMemory> parties) {
        public Memory {
            keystores = Map.copyOf(keystores);
            parties = Map.copyOf(parties);
        }
    }

    /** What is ours in a keystore. */
    record KeystoreMemory(int generation, List<Entry> entries) {
        public KeystoreMemory {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of ours: which certificate lies under which alias, and for whom. */
    record Entry(String alias, Sha256 sha256, HerId herId, Purpose purpose, Role role, Instant installedAt) {}

    /**
     * What is remembered of a party beyond its report.
     *
     * @param name as the register last told it, empty text before
     * @param organizations numbers that its certificates may carry besides its own: remembered from the first
     *     installation or accepted by the administrator; empty before the first installation
     * @param ldapStrings as last seen
     * @param ownCheckedAt when the register was last asked for its own certificates
     * @param own the register's own certificates at that time
     * @param droppedAt for each installed certificate that the register names no more: since when
     */
    record PartyMemory(
            HerId herId,
            String name,
            Set<OrganizationNumber> organizations,
            List<String> ldapStrings,
            Optional<Instant> ownCheckedAt,
            Map<Purpose, Sha256> own,
            Map<Sha256, Instant> droppedAt) {
        public PartyMemory {
            organizations = Set.copyOf(organizations);
            ldapStrings = List.copyOf(ldapStrings);
            own = Map.copyOf(own);
            droppedAt = Map.copyOf(droppedAt);
        }
    }

    /** One line of history: what was done with a certificate in a keystore, and why. */
    record Change(
            Action action, String alias, PartnerCertificate certificate, HerId herId, Purpose purpose, String reason) {}
}
