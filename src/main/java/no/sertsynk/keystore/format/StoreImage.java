package no.sertsynk.keystore.format;

import java.util.List;
import java.util.Set;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreException;

/** Everything that one keystore file holds, also what sertsynk does not understand. For one thread. */
public interface StoreImage extends Holdings {
    /** As {@link no.sertsynk.keystore.KeystoreContents#rewriteDue}, for less. */
    boolean rewriteDue();

    /**
     * The image with a change made that {@link DueChange} has found possible. This one stays as it is.
     */
    StoreImage with(KeystoreChange due);

    /** The bytes of a file with this content; different ones each time where the format wants random numbers. */
    byte[] encode() throws KeystoreException;

    /**
     * Everything but the certificate-only entries of these names, for comparing two images: each element equals only what
     * is the same in all; order counts.
     */
    List<Object> others(Set<String> aliases);
}
