package no.sertsynk.keystore;

import java.util.Map;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;

/**
 * What is to be different in a keystore; everything else in it stays.
 *
 * @param put certificate-only entries to add or replace, by alias
 * @param remove aliases of certificate-only entries to take out
 */
public record KeystoreChange(Map<String, PartnerCertificate> put, Set<String> remove) {
    public KeystoreChange {
        put = Map.copyOf(put);
        remove = Set.copyOf(remove);
    }

    public boolean isEmpty() {
        return put.isEmpty() && remove.isEmpty();
    }
}
