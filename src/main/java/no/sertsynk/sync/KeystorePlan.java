package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Entry;

/**
 * What is to be different in one keystore. Pure.
 *
 * @param put entries of ours that enter or change
 * @param leave entries of ours that go, name and all
 * @param replaced entries of ours as they were whose names others take
 * @param conflicts why nothing may be written; empty if it may
 */
record KeystorePlan(
        KeystoreChange change, List<Entry> put, List<Entry> leave, List<Entry> replaced, List<Reason> conflicts) {

    /**
     * The plan that makes the keystore hold what is desired.
     *
     * @param owned what is ours in it now
     */
    static KeystorePlan of(
            KeystoreSetting setting, KeystoreContents contents, List<Entry> owned, DesiredEntries desired) {
        Map<String, Entry> before = new HashMap<>();
        owned.forEach(entry -> before.put(entry.alias(), entry));
        Map<String, PartnerCertificate> put = new LinkedHashMap<>();
        List<Reason> conflicts = new ArrayList<>();
        desired.certificates().forEach((alias, certificate) -> {
            PartnerCertificate present = contents.certificates().get(alias);
            if (contents.keyAliases().contains(alias)) {
                conflicts.add(conflict(setting, alias, "a private key"));
            } else if (present == null || !certificate.equals(present)) {
                put.put(alias, certificate);
                if (present != null && !before.containsKey(alias)) {
                    conflicts.add(conflict(setting, alias, "a certificate that sertsynk did not install"));
                }
            }
        });
        Set<String> remove = new TreeSet<>(before.keySet());
        remove.removeAll(desired.entries().keySet());
        List<Entry> changed = desired.entries().values().stream()
                .filter(entry -> !entry.equals(before.get(entry.alias())))
                .toList();
        return new KeystorePlan(
                new KeystoreChange(put, remove),
                changed,
                owned.stream().filter(entry -> remove.contains(entry.alias())).toList(),
                changed.stream()
                        .flatMap(entry -> Optional.ofNullable(before.get(entry.alias())).stream())
                        .toList(),
                List.copyOf(conflicts));
    }

    private static Reason conflict(KeystoreSetting setting, String alias, String found) {
        return Reason.of(
                ReasonCode.KEYSTORE_FAILED,
                "expected the alias '" + alias + "' of " + setting.spec().path() + " free for sertsynk, found " + found
                        + "; nothing was written, rename that entry or change the alias template");
    }
}
