package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.AliasTemplate.Owner;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Claim;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;

/** Which entries of a keystore are sertsynk's: those that the state lists, or, without state, those named as we would. Pure. */
final class KeystoreOwnership {
    private final KeystoreSetting setting;
    private final Set<HerId> configured;
    private final Instant at;

    /**
     * For one keystore.
     *
     * @param configured all parties of the configuration
     * @param at when entries that the state does not know count as installed
     */
    KeystoreOwnership(KeystoreSetting setting, Set<HerId> configured, Instant at) {
        this.setting = setting;
        this.configured = configured;
        this.at = at;
    }

    /** Whether nothing is known of the keystore, so that names decide. */
    static boolean adopts(KeystoreMemory memory) {
        return memory.generation() == 0
                && memory.entries().isEmpty()
                && memory.claim().isEmpty();
    }

    /** What is ours in the keystore, as it lies there. */
    List<Entry> owned(KeystoreContents contents, KeystoreMemory memory) {
        List<Entry> owned = new ArrayList<>();
        if (adopts(memory)) {
            contents.certificates()
                    .forEach((alias, certificate) -> adopt(alias, certificate).ifPresent(owned::add));
            return owned;
        }
        Map<String, List<Entry>> known = new LinkedHashMap<>();
        memory.claim().ifPresent(claim -> {
            claim.put().forEach(entry -> add(known, entry));
            claim.leave().forEach(entry -> add(known, entry));
        });
        memory.entries().forEach(entry -> add(known, entry));
        known.forEach((alias, entries) -> {
            PartnerCertificate certificate = contents.certificates().get(alias);
            if (certificate != null) {
                owned.add(present(entries, certificate));
            }
        });
        return owned;
    }

    private static void add(Map<String, List<Entry>> known, Entry entry) {
        known.computeIfAbsent(entry.alias(), alias -> new ArrayList<>()).add(entry);
    }

    /** Of what was known under an alias, what lies there; a certificate of another program under our name is ours too. */
    private static Entry present(List<Entry> entries, PartnerCertificate certificate) {
        Entry known = entries.stream()
                .filter(entry -> entry.sha256().equals(certificate.sha256()))
                .findFirst()
                .orElse(entries.getLast());
        return new Entry(
                known.alias(), certificate.sha256(), known.herId(), known.purpose(), known.role(), known.installedAt());
    }

    private Optional<Entry> adopt(String alias, PartnerCertificate certificate) {
        Optional<Owner> owner = setting.aliases().owner(alias);
        Optional<HerId> herId = owner.flatMap(Owner::herId)
                .or(() -> owner.flatMap(
                        none -> only(configured.stream().filter(setting::serves).toList())))
                .filter(configured::contains)
                .filter(setting::serves);
        Optional<Purpose> purpose = owner.flatMap(Owner::purpose)
                .or(() -> owner.flatMap(none -> only(List.copyOf(setting.purposes()))))
                .filter(setting.purposes()::contains);
        if (owner.isEmpty() || herId.isEmpty() || purpose.isEmpty()) {
            return Optional.empty();
        }
        Role role = owner.get().isCurrent() ? Role.CURRENT : Role.PARALLEL;
        return Optional.of(new Entry(alias, certificate.sha256(), herId.get(), purpose.get(), role, at));
    }

    private static <T> Optional<T> only(List<T> values) {
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether the keystore holds what was claimed, so that the run which claimed it had replaced the file. */
    static boolean holds(KeystoreContents contents, Claim claim) {
        Predicate<Entry> lies = entry -> {
            PartnerCertificate certificate = contents.certificates().get(entry.alias());
            return certificate != null && certificate.sha256().equals(entry.sha256());
        };
        return claim.put().stream().allMatch(lies) && claim.leave().stream().noneMatch(lies);
    }

    /** What is known of the keystore once the claim is settled. */
    static KeystoreMemory settled(KeystoreMemory memory, Claim claim) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        memory.entries().forEach(entry -> entries.put(entry.alias(), entry));
        claim.leave().forEach(entry -> entries.remove(entry.alias()));
        claim.put().forEach(entry -> entries.put(entry.alias(), entry));
        return new KeystoreMemory(
                claim.generation(),
                List.copyOf(entries.values()),
                Optional.empty(),
                claim.hold().or(memory::hold),
                Optional.empty());
    }
}
