package no.sertsynk.keystore;

import java.util.Map;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;

/**
 * What a keystore holds.
 *
 * @param exists false if there is no file yet; then the rest is empty
 * @param certificates certificate-only entries by alias
 * @param keyAliases aliases of private and secret keys
 */
public record KeystoreContents(boolean exists, Map<String, PartnerCertificate> certificates, Set<String> keyAliases) {
    public KeystoreContents {
        certificates = Map.copyOf(certificates);
        keyAliases = Set.copyOf(keyAliases);
    }
}
