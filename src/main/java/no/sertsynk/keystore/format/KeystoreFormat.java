package no.sertsynk.keystore.format;

import java.util.Optional;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.Secret;

/** One format of keystore. Knows bytes, not files. */
public interface KeystoreFormat {
    /** What the bytes hold. */
    KeystoreContents read(byte[] bytes, Optional<Secret> password) throws KeystoreException;

    /**
     * The bytes with the change made; entries that it does not name are carried over.
     *
     * @param bytes of the file as it is; empty for a new one
     */
    byte[] write(byte[] bytes, KeystoreChange change, Optional<Secret> password) throws KeystoreException;

    static KeystoreFormat of(KeystoreType type) {
        return switch (type) {
            case PKCS12 -> new Pkcs12Format();
            case PEM -> new PemFormat();
        };
    }
}
