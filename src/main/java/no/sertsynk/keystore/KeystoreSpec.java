package no.sertsynk.keystore;

import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.model.Secret;

/**
 * Which keystore, and how to open it.
 *
 * @param name from the configuration, for messages
 * @param password present for the types that need one
 */
public record KeystoreSpec(String name, Path path, KeystoreType type, Optional<Secret> password) {
    /** The formats. */
    public enum KeystoreType {
        PKCS12,
        PEM;

        public boolean needsPassword() {
            return this == PKCS12;
        }
    }
}
