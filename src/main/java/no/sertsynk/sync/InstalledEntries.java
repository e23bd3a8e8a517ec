package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Guards.Pair;
import no.sertsynk.rollover.Holding;
import no.sertsynk.rollover.Installed;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.validation.Validator;

/** What lies in the keystores at the beginning of a run, and which of it is ours. Safe for threads once it is read. */
final class InstalledEntries {
    private static final KeystoreContents NOTHING = new KeystoreContents(false, Map.of(), Set.of());

    private final Map<String, KeystoreContents> contents = new HashMap<>();
    private final Map<String, List<Entry>> owned = new LinkedHashMap<>();
    private final Map<String, List<Reason>> problems = new HashMap<>();
    private final Map<HerId, List<Located>> byParty = new HashMap<>();
    private final Map<String, Set<Use>> uses = new HashMap<>();

    /** An entry of ours with what lies under its alias. */
    private record Located(Entry entry, PartnerCertificate certificate) {}

    private record Use(HerId herId, Purpose purpose, Sha256 sha256) {}

    private InstalledEntries() {}

    /** Reads every keystore; one that cannot be read has {@link #problems}. */
    static InstalledEntries read(
            SyncSettings settings, KeystoreAccess keystores, Memory memory, Set<HerId> configured, Instant at) {
        InstalledEntries entries = new InstalledEntries();
        for (KeystoreSetting keystore : settings.keystores()) {
            String name = keystore.spec().name();
            try {
                KeystoreContents read = keystores.read(keystore.spec());
                entries.add(
                        name,
                        read,
                        KeystorePlan.owned(
                                keystore,
                                read,
                                Optional.ofNullable(memory.keystores().get(name)),
                                configured,
                                at));
            } catch (KeystoreException e) {
                entries.problems.put(name, List.of(e.reason()));
            }
        }
        return entries;
    }

    private void add(String keystore, KeystoreContents read, List<Entry> ours) {
        contents.put(keystore, read);
        owned.put(keystore, ours);
        Set<Use> used = new HashSet<>();
        for (Entry entry : ours) {
            used.add(new Use(entry.herId(), entry.purpose(), entry.sha256()));
            PartnerCertificate certificate = read.certificates().get(entry.alias());
            if (certificate != null) {
                byParty.computeIfAbsent(entry.herId(), herId -> new ArrayList<>())
                        .add(new Located(entry, certificate));
            }
        }
        uses.put(keystore, used);
    }

    KeystoreContents contents(String keystore) {
        return contents.getOrDefault(keystore, NOTHING);
    }

    /** Our entries in the keystore. */
    List<Entry> owned(String keystore) {
        return owned.getOrDefault(keystore, List.of());
    }

    /** Why the keystore cannot be read; empty if it can. */
    List<Reason> problems(String keystore) {
        return problems.getOrDefault(keystore, List.of());
    }

    /** What is installed for the party in any keystore, judged anew; current if it is so in one of them. */
    List<Installed> of(HerId herId, Validator validator) {
        Map<Use, Installed> installed = new LinkedHashMap<>();
        for (Located located : byParty.getOrDefault(herId, List.of())) {
            PartnerCertificate certificate = located.certificate();
            Purpose purpose = located.entry().purpose();
            boolean current = located.entry().role() == Role.CURRENT;
            installed.merge(
                    new Use(herId, purpose, certificate.sha256()),
                    new Installed(certificate, validator.assess(certificate), purpose, current),
                    (a, b) -> a.current() ? a : b);
        }
        return List.copyOf(installed.values());
    }

    /** The same of all parties, for the guards. */
    List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>();
        byParty.forEach((herId, entries) -> {
            for (Located located : entries) {
                Pair pair = new Pair(herId, located.entry().purpose());
                boolean current = located.entry().role() == Role.CURRENT;
                holdings.add(new Holding(pair, located.certificate(), current));
            }
        });
        return holdings;
    }

    /** Whether the keystore can be read, wants certificates of the party for that purpose, and has not got this one. */
    boolean isMissing(KeystoreSetting keystore, HerId herId, Purpose purpose, Sha256 sha256) {
        String name = keystore.spec().name();
        return keystore.serves(herId)
                && keystore.purposes().contains(purpose)
                && problems(name).isEmpty()
                && !uses.getOrDefault(name, Set.of()).contains(new Use(herId, purpose, sha256));
    }
}
