package no.sertsynk.keystore;

import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.file.Stamps;
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
            return spec.type() == KeystoreType.PEM_DIRECTORY
                    ? FolderKeystore.open(spec, operations)
                    : SingleFileKeystore.open(spec, operations);
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
            if (spec.type() == KeystoreType.PEM_DIRECTORY) {
                return FolderKeystore.read(spec);
            }
            StoreFormat format = StoreFormat.of(spec);
            Optional<byte[]> file =
                    TargetFile.find(spec.path(), FileOperations.LOCAL).read();
            return (file.isPresent() ? format.parse(file.get()) : format.absent()).contents();
        } catch (KeystoreException e) {
            throw about(spec, e);
        }
    }

    /**
     * The replaced files that are kept, newest first.
     *
     * @throws KeystoreException if their folder cannot be read
     */
    public static List<Generation> generations(KeystoreSpec spec) throws KeystoreException {
        try {
            return new GenerationStore(spec, FileOperations.LOCAL).list();
        } catch (KeystoreException e) {
            throw about(spec, e);
        }
    }

    /**
     * What a kept file holds.
     *
     * @throws KeystoreException if none of that number is kept, or it cannot be read, such as with another password
     */
    public static KeystoreContents readGeneration(KeystoreSpec spec, int number) throws KeystoreException {
        try {
            return new GenerationStore(spec, FileOperations.LOCAL).read(number);
        } catch (KeystoreException e) {
            throw about(spec, e);
        }
    }

    /**
     * A stamp of the keystore as it is now, for a fraction of what reading it costs. Take it before reading what it is to
     * stand for.
     *
     * @throws KeystoreException if the file cannot be looked at
     */
    public static FileStamp stamp(KeystoreSpec spec) throws KeystoreException {
        try {
            return new FileStamp(spec.type() + " " + spec.profile() + " " + Stamps.of(spec.path()));
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
