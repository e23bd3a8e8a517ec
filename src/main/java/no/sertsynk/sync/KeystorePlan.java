package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;

/**
 * What is to be different in one keystore. Pure.
 *
 * @param entries what will be ours in it afterwards
 * @param conflicts why nothing may be written; empty if it may
 */
record KeystorePlan(KeystoreChange change, List<Entry> entries, List<Reason> conflicts) {

    /** What is ours in the keystore now: listed in the state, or, where there is no state, named as we would. */
    static List<Entry> owned(
            KeystoreSetting setting,
            KeystoreContents contents,
            Optional<KeystoreMemory> memory,
            Set<HerId> configured,
            Instant at) {
        List<Entry> owned = new ArrayList<>();
        if (memory.isPresent()) {
            for (Entry entry : memory.get().entries()) {
                PartnerCertificate certificate = contents.certificates().get(entry.alias());
                if (certificate != null) {
                    owned.add(new Entry(
                            entry.alias(),
                            certificate.sha256(),
                            entry.herId(),
                            entry.purpose(),
                            entry.role(),
                            entry.installedAt()));
                }
            }
            return owned;
        }
        contents.certificates()
                .forEach((alias, certificate) ->
                        adopt(setting, alias, certificate, configured, at).ifPresent(owned::add));
        return owned;
    }

    private static Optional<Entry> adopt(
            KeystoreSetting setting, String alias, PartnerCertificate certificate, Set<HerId> configured, Instant at) {
        for (HerId herId : configured) {
            for (Purpose purpose : setting.purposes()) {
                if (setting.serves(herId) && setting.aliases().fits(alias, herId, purpose)) {
                    Role role = setting.aliases().current(herId, purpose).equals(alias) ? Role.CURRENT : Role.PARALLEL;
                    return Optional.of(new Entry(alias, certificate.sha256(), herId, purpose, role, at));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The plan that makes the keystore hold what was decided.
     *
     * @param owned as {@link #owned} tells
     * @param decided for each party that this run decided, its decisions
     * @param goes whether an entry leaves that no decision speaks of for this keystore: its party or purpose was taken out
     *     of the configuration
     */
    static KeystorePlan of(
            KeystoreSetting setting,
            KeystoreContents contents,
            List<Entry> owned,
            Map<HerId, List<CertificateDecision>> decided,
            Predicate<Entry> goes,
            Instant at) {
        Map<String, Entry> before = new HashMap<>();
        owned.forEach(entry -> before.put(entry.alias(), entry));
        Map<String, Entry> after = new TreeMap<>();
        Map<String, PartnerCertificate> wanted = new TreeMap<>();
        for (Entry entry : owned) {
            if (!goes.test(entry) && !isSpokenOf(setting, entry, decided.getOrDefault(entry.herId(), List.of()))) {
                after.put(entry.alias(), entry);
            }
        }
        decided.forEach((herId, decisions) -> name(setting, herId, decisions).forEach((alias, decision) -> {
            wanted.put(alias, decision.certificate());
            Entry old = before.get(alias);
            Instant installedAt =
                    old != null && old.sha256().equals(decision.certificate().sha256()) ? old.installedAt() : at;
            after.put(
                    alias,
                    new Entry(
                            alias,
                            decision.certificate().sha256(),
                            herId,
                            decision.purpose(),
                            decision.role(),
                            installedAt));
        }));
        Map<String, PartnerCertificate> put = new LinkedHashMap<>();
        List<Reason> conflicts = new ArrayList<>();
        wanted.forEach((alias, certificate) -> {
            if (contents.keyAliases().contains(alias)) {
                conflicts.add(conflict(setting, alias, "a private key"));
                return;
            }
            PartnerCertificate present = contents.certificates().get(alias);
            if (present == null || !certificate.equals(present)) {
                if (present != null && !before.containsKey(alias)) {
                    conflicts.add(conflict(setting, alias, "a certificate that sertsynk did not install"));
                }
                put.put(alias, certificate);
            }
        });
        Set<String> remove = new TreeSet<>(before.keySet());
        remove.removeAll(after.keySet());
        return new KeystorePlan(new KeystoreChange(put, remove), List.copyOf(after.values()), List.copyOf(conflicts));
    }

    private static boolean isSpokenOf(KeystoreSetting setting, Entry entry, List<CertificateDecision> decisions) {
        boolean wanted = setting.serves(entry.herId()) && setting.purposes().contains(entry.purpose());
        return decisions.stream()
                .anyMatch(decision -> decision.purpose() == entry.purpose()
                        && decision.certificate().sha256().equals(entry.sha256())
                        && (wanted || decision.action() == Action.REMOVE));
    }

    /** The decisions that put something into this keystore, by the alias they give it. */
    private static Map<String, CertificateDecision> name(
            KeystoreSetting setting, HerId herId, List<CertificateDecision> decisions) {
        Map<String, CertificateDecision> named = new LinkedHashMap<>();
        if (!setting.serves(herId)) {
            return named;
        }
        for (CertificateDecision decision : decisions) {
            if (!decision.isInstalled() || !setting.purposes().contains(decision.purpose())) {
                continue;
            }
            AliasTemplate aliases = setting.aliases();
            String alias = decision.role() == Role.CURRENT
                    ? aliases.current(herId, decision.purpose())
                    : aliases.parallel(herId, decision.purpose(), decision.certificate());
            CertificateDecision other = named.putIfAbsent(alias, decision);
            if (other != null) {
                named.remove(alias);
                named.put(aliases.parallelWithDigest(herId, other.purpose(), other.certificate()), other);
                named.put(aliases.parallelWithDigest(herId, decision.purpose(), decision.certificate()), decision);
            }
        }
        return named;
    }

    private static Reason conflict(KeystoreSetting setting, String alias, String found) {
        return Reason.of(
                ReasonCode.KEYSTORE_FAILED,
                "expected the alias '" + alias + "' of " + setting.spec().path() + " free for sertsynk, found " + found
                        + "; nothing was written, rename that entry or change the alias template");
    }
}
