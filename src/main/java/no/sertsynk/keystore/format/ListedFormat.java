package no.sertsynk.keystore.format;

import java.util.List;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;

/** What differs between the formats that keep a list of named entries. */
interface ListedFormat<E extends ListedEntry> {
    /** A certificate-only entry. Its date is the certificate's own, so that the same content is the same each time. */
    E trusted(String alias, PartnerCertificate certificate);

    /** A whole file. */
    byte[] encode(List<E> entries) throws KeystoreException;
}
