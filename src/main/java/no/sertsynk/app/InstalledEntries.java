package no.sertsynk.app;

import java.util.Map;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.model.PartnerCertificate;

/** What keystores of the configuration hold now, sertsynk's own entries and others. */
public final class InstalledEntries {
    private InstalledEntries() {}

    /**
     * The certificate-only entries by alias.
     *
     * @throws UsageException if there is no such keystore, or it cannot be read
     */
    public static Map<String, PartnerCertificate> of(Application application, String keystore) throws UsageException {
        try {
            return Keystores.read(application.keystore(keystore).spec()).certificates();
        } catch (KeystoreException e) {
            throw new UsageException(e.reason().toString());
        }
    }
}
