package no.sertsynk.keystore;

import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.model.Secret;

/**
 * Which keystore, and how to open it.
 *
 * @param name from the configuration, for messages
 * @param path a file; a folder for {@link KeystoreType#PEM_DIRECTORY}
 * @param password present for the types that need one
 * @param profile which algorithms PKCS12 is written with
 * @param generations where replaced files are kept; empty to keep none
 */
public record KeystoreSpec(
        String name,
        Path path,
        KeystoreType type,
        Optional<Secret> password,
        Profile profile,
        Optional<GenerationPolicy> generations) {

    /** A keystore of the modern profile whose replaced files are not kept. */
    public KeystoreSpec(String name, Path path, KeystoreType type, Optional<Secret> password) {
        this(name, path, type, password, Profile.MODERN, Optional.empty());
    }

    /** The formats. */
    public enum KeystoreType {
        PKCS12("p12", true),
        JKS("jks", true),
        BCFKS("bcfks", true),
        PEM("pem", false),
        PEM_DIRECTORY("pem", false);

        private final String extension;
        private final boolean needsPassword;

        KeystoreType(String extension, boolean needsPassword) {
            this.extension = extension;
            this.needsPassword = needsPassword;
        }

        public boolean needsPassword() {
            return needsPassword;
        }

        /** How the names of this type's generations end; a generation of a folder is one bundle. */
        String extension() {
            return extension;
        }
    }

    /** For which clients a PKCS12 file is encrypted. */
    public enum Profile {
        /** AES-256, PBKDF2 and HMAC-SHA256, which Java 8u301, OpenSSL 1.1 and everything newer read. */
        MODERN,
        /** Triple DES and HMAC-SHA1, for clients that read nothing else. */
        LEGACY
    }

    /**
     * Where replaced files are kept, and how many of them.
     *
     * @param folder of this keystore alone; made when it is needed
     * @param kept the newest so many; 0 keeps none
     */
    public record GenerationPolicy(Path folder, int kept) {
        public GenerationPolicy {
            if (kept < 0) {
                throw new IllegalArgumentException("expected no negative number of generations, found " + kept);
            }
        }
    }
}
