package no.sertsynk.keystore.file;

import static no.sertsynk.keystore.file.FileTrouble.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;

/** A keystore file, found behind its symbolic links, that is read whole and replaced whole. */
public final class TargetFile {
    private final Path file;
    private final Path folder;
    private final FileOperations operations;

    private TargetFile(Path file, Path folder, FileOperations operations) {
        this.file = file;
        this.folder = folder;
        this.operations = operations;
    }

    /**
     * Follows symbolic links to the file that they name, whether it exists or not.
     *
     * @throws KeystoreException if its folder does not exist, or if it is something else than a file
     */
    public static TargetFile find(Path path, FileOperations operations) throws KeystoreException {
        Path file = LinkedFile.behind(path);
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new KeystoreException("expected a file, found the folder " + file + ": name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new KeystoreException(
                    "the folder " + folder + " does not exist: create it, owned by the user that sertsynk runs as");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new KeystoreException(
                    "expected a file, found a device, pipe or socket at " + file + ": name another file");
        }
        return new TargetFile(file, folder, operations);
    }

    /** Its real path. */
    public Path path() {
        return file;
    }

    /**
     * The file as it is now; empty if there is none.
     *
     * @throws KeystoreException if it cannot be read or is far too large
     */
    public Optional<byte[]> read() throws KeystoreException {
        return FileContent.read(file);
    }

    /** What came of a replacement. */
    public enum Outcome {
        REPLACED,
        /** Another program was faster: the file is no longer what was read, and was left so. */
        NOT_AS_READ,
        /** It was replaced, and changed by another program at once. */
        CHANGED_SINCE
    }

    /**
     * Puts new content in place of what was read, with the owner, group, mode and access control list of the replaced file.
     * A write of another program that meets this one is never lost.
     *
     * @param expected what {@link #read} gave
     * @throws KeystoreException if it cannot be replaced; up to the very last step the file is as it was
     */
    public Outcome replace(Optional<byte[]> expected, byte[] content) throws KeystoreException {
        try (Replacement replacement = Replacement.prepare(file, expected, content, operations)) {
            if (!replacement.place()) {
                return Outcome.NOT_AS_READ;
            }
        }
        step("make the replaced file durable", folder, () -> operations.syncFolder(folder));
        return FileContent.is(file, Optional.of(content)) ? Outcome.REPLACED : Outcome.CHANGED_SINCE;
    }

    /** Who may do what with the file, which exists. */
    public FileAccess access() throws KeystoreException {
        try {
            return FileAccess.of(file);
        } catch (IOException e) {
            throw FileTrouble.with("look at the keystore", file, e);
        }
    }

    /** Removes what a run that was cut short has left. Only under the lock, since a run that goes on needs its own. */
    public void removeLeftovers() throws KeystoreException {
        TemporaryFile.removeLeftoversOf(file, operations);
    }
}
