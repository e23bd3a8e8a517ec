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
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;

/**
 * What runs remember. The keystore file is the truth about what is installed; this is the truth about why, and about
 * whose entries are ours. Each method is one transaction. Safe for threads.
 *
 * <p>Order in a run: {@link #recall()}; then for each keystore {@link #claim} before its file is written and
 * {@link #settle} after; then {@link #record}. Whoever dies between the two leaves a claim: the next run compares it with
 * the file, and settles it if that holds what was claimed. So an entry of ours that nobody claims cannot come about.
 */
public interface SyncState {
    /** Everything a run needs to know of earlier ones. */
    Memory recall();

    /** A certificate that some run has seen. */
    Optional<PartnerCertificate> certificate(Sha256 sha256);

    /** The certificates of all answers that are remembered. */
    Map<Sha256, PartnerCertificate> answeredCertificates();

    /** What was ours in that generation of the keystore, as far back as generations are remembered. */
    List<Entry> entriesOf(String keystore, int generation);

    /**
     * A digest that tells whether a text and a secret are the same as before and gives nothing away: its key lies in a file
     * that only sertsynk's user reads. Empty where that file cannot be read.
     */
    Optional<String> fingerprint(String text, Optional<Secret> secret);

    /** Says what is about to become of a keystore; called before its file is written. Replaces an earlier claim on it. */
    void claim(Claim claim);

    /** Makes the claim on the keystore what is known of it: its file is on disk. */
    void settle(String keystore);

    /** States exactly what is ours in a keystore that was not written, and gives up a claim on it. */
    void correct(String keystore, List<Entry> entries);

    /** Holds a keystore without writing it, or lets it go on; a line of history tells it. */
    void hold(String runId, Instant at, String keystore, Optional<Hold> hold);

    /** Remembers what the keystore's file looked like when it held exactly what is known of it. */
    void seal(String keystore, Seal seal);

    /**
     * Stores a run's report and what each party is to be remembered for; replaces what was stored of those parties.
     *
     * @param whole whether the run looked at all parties, so that whoever is missing has left the configuration
     */
    void record(SyncReport report, List<PartyMemory> parties, boolean whole);

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

        /** What is known of the keystore, be it nothing. */
        public KeystoreMemory keystore(String name) {
            return keystores.getOrDefault(name, KeystoreMemory.NONE);
        }
    }

    /**
     * What is known of a keystore.
     *
     * @param generation how often sertsynk has replaced its file
     * @param entries what is ours in it
     * @param claim what a run that was cut short was about to do
     * @param hold why it is not to be changed
     * @param seal present only if every certificate of the entries is stored too
     */
    record KeystoreMemory(
            int generation, List<Entry> entries, Optional<Claim> claim, Optional<Hold> hold, Optional<Seal> seal) {
        static final KeystoreMemory NONE =
                new KeystoreMemory(0, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

        public KeystoreMemory {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of ours: which certificate lies under which alias, and for whom. */
    record Entry(String alias, Sha256 sha256, HerId herId, Purpose purpose, Role role, Instant installedAt) {}

    /**
     * What is about to become of a keystore.
     *
     * @param generation the one that its file will be
     * @param put entries of ours that enter or change
     * @param leave entries of ours that go
     * @param changes the lines of history that tell it
     * @param hold present if the keystore is held from then on
     */
    record Claim(
            String runId,
            Instant at,
            String keystore,
            int generation,
            List<Entry> put,
            List<Entry> leave,
            List<Change> changes,
            Optional<Hold> hold) {
        public Claim {
            put = List.copyOf(put);
            leave = List.copyOf(leave);
            changes = List.copyOf(changes);
        }
    }

    /**
     * Since when and by whom a keystore is held.
     *
     * @param generation the earlier one whose entries were put back
     */
    record Hold(Instant since, String by, int generation) {}

    /**
     * How to know an unchanged keystore without reading it.
     *
     * @param stamp of its file, different after any change by anybody
     * @param settings a digest of how the keystore is opened and named
     */
    record Seal(String stamp, String settings) {}

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
     * @param byHand certificates that an administrator handed over: candidates like those that the register names
     * @param answer the register's answer, if it may stand for a later one
     */
    record PartyMemory(
            HerId herId,
            String name,
            Set<OrganizationNumber> organizations,
            List<String> ldapStrings,
            Optional<Instant> ownCheckedAt,
            Map<Purpose, Sha256> own,
            Map<Sha256, Instant> droppedAt,
            List<PartnerCertificate> byHand,
            Optional<KnownAnswer> answer) {
        public PartyMemory {
            organizations = Set.copyOf(organizations);
            ldapStrings = List.copyOf(ldapStrings);
            own = Map.copyOf(own);
            droppedAt = Map.copyOf(droppedAt);
            byHand = List.copyOf(byHand);
        }

        static PartyMemory none(HerId herId) {
            return new PartyMemory(
                    herId, "", Set.of(), List.of(), Optional.empty(), Map.of(), Map.of(), List.of(), Optional.empty());
        }
    }

    /** What is done with a certificate in a keystore, and why. */
    record Change(
            Action action,
            String alias,
            PartnerCertificate certificate,
            HerId herId,
            Purpose purpose,
            Optional<Instant> until,
            String reason) {}
}
