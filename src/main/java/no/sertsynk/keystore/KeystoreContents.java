package no.sertsynk.keystore;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;

/**
 * What a keystore holds.
 *
 * @param exists false if there is no file yet; then the rest is empty
 * @param certificates certificate-only entries by alias
 * @param keyAliases aliases of private and secret keys
 * @param rewriteDue whether it is written in another way than it should be, such as with the other profile's algorithms; an
 *     empty {@link KeystoreChange} puts that right
 */
public record KeystoreContents(
        boolean exists, Map<String, PartnerCertificate> certificates, Set<String> keyAliases, boolean rewriteDue) {
    public KeystoreContents {
        certificates = Map.copyOf(certificates);
        keyAliases = Set.copyOf(keyAliases);
    }

    /** Of a keystore that is written as it should be. */
    public KeystoreContents(boolean exists, Map<String, PartnerCertificate> certificates, Set<String> keyAliases) {
        this(exists, certificates, keyAliases, false);
    }

    /** What it holds once the change is made. */
    public KeystoreContents with(KeystoreChange change) {
        Map<String, PartnerCertificate> changed = new HashMap<>(certificates);
        changed.keySet().removeAll(change.remove());
        changed.putAll(change.put());
        return new KeystoreContents(true, changed, keyAliases, false);
    }
}
