package no.sertsynk.keystore;

import java.util.Optional;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.file.TargetFile;
import no.sertsynk.keystore.format.StoreFormat;

/** The ways to a keystore: for a look, or for change. */
public final class Keystores {
    private Keystores() {}

    /**
     * Opens a keystore for change, whether its file exists or not, and locks it against other runs without waiting for them.
     *
     * @throws KeystoreException if it is locked, cannot be read or is damaged
     */
    public static Keystore open(KeystoreSpec spec) throws KeystoreException {
        return open(spec, FileOperations.LOCAL);
    }

    static Keystore open(KeystoreSpec spec, FileOperations operations) throws KeystoreException {
        try {
            return SingleFileKeystore.open(spec, operations);
        } catch (KeystoreException e) {
            throw about(spec, e);
        }
    }

    /**
     * What a keystore holds. Neither locks nor writes anything.
     *
     * @throws KeystoreException if it cannot be read or is damaged
     */
    public static KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
        try {
            StoreFormat format = StoreFormat.of(spec);
            Optional<byte[]> file =
                    TargetFile.find(spec.path(), FileOperations.LOCAL).read();
            return (file.isPresent() ? format.parse(file.get()) : format.absent()).contents();
        } catch (KeystoreException e) {
            throw about(spec, e);
        }
    }

    /** The same, told of the keystore it concerns. */
    static KeystoreException about(KeystoreSpec spec, KeystoreException failure) {
        return new KeystoreException(
                "keystore " + spec.name() + " (" + spec.path() + "): " + failure.getMessage(), failure);
    }
}
