package no.sertsynk.keystore.file;

import static no.sertsynk.keystore.file.FileTrouble.step;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;

/** A keystore file, found behind its symbolic links, that is read whole and replaced whole. */
public final class TargetFile {
    /** Far above a keystore of all parties; a wrong path must not fill the memory. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int NEW_FILE_MODE = 0640;

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
     * @throws KeystoreException if it cannot be read or is larger than {@link #MAX_BYTES}
     */
    public Optional<byte[]> read() throws KeystoreException {
        return read(file);
    }

    private static Optional<byte[]> read(Path file) throws KeystoreException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new KeystoreException("expected a keystore of at most " + MAX_BYTES
                        + " bytes, found a larger one: check the path " + file);
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileTrouble.with("read the keystore", file, e);
        }
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
     * What is replaced is looked at once more when it no longer has its name; if it is not what was read, it gets its name
     * back. So a write of another program that meets ours is never lost.
     *
     * @param expected what {@link #read} gave
     * @throws KeystoreException if it cannot be replaced; up to the very last step the file is as it was
     */
    public Outcome replace(Optional<byte[]> expected, byte[] content) throws KeystoreException {
        Path temporary = TemporaryFile.beside(file);
        try {
            prepare(temporary, content);
            if (!holds(file, expected)) {
                return Outcome.NOT_AS_READ;
            }
            boolean placed = expected.isPresent() ? swap(temporary, expected.get(), content) : placeNew(temporary);
            if (!placed) {
                return Outcome.NOT_AS_READ;
            }
        } finally {
            TemporaryFile.discard(temporary, operations);
        }
        step("make the replaced file durable", folder, () -> operations.syncFolder(folder));
        return holds(file, Optional.of(content)) ? Outcome.REPLACED : Outcome.CHANGED_SINCE;
    }

    private void prepare(Path temporary, byte[] content) throws KeystoreException {
        step("create a file beside the keystore", temporary, () -> operations.create(temporary));
        step("write the new file", temporary, () -> operations.write(temporary, content));
        step("keep owner, group and mode of the file", file, () -> {
            FileAccess access =
                    Files.exists(file) ? FileAccess.of(file) : FileAccess.created(temporary, folder, NEW_FILE_MODE);
            operations.setAccess(temporary, access);
        });
        step("make the new file durable", temporary, () -> operations.sync(temporary));
    }

    /** Gives a new file its name; not if another program has made one of that name meanwhile. */
    private boolean placeNew(Path temporary) throws KeystoreException {
        try {
            operations.link(temporary, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            // No second names on this file system: then the moment since the last look has to do.
            step("put the new file in place", file, () -> operations.move(temporary, file));
            return true;
        }
    }

    /** Whether the file was what was expected. If not it has its name again, and what was to replace it is gone. */
    private boolean swap(Path temporary, byte[] expected, byte[] content) throws KeystoreException {
        try {
            exchange(temporary);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileTrouble.with("replace the file", file, e);
        }
        if (holds(temporary, Optional.of(expected))) {
            return true;
        }
        step("put another program's file back", file, () -> exchange(temporary));
        if (!holds(temporary, Optional.of(content))) {
            throw collision(temporary);
        }
        return false;
    }

    /** Where the names cannot be exchanged in one step, the replaced file has a second name for a moment. */
    private void exchange(Path temporary) throws IOException {
        if (operations.exchange(temporary, file)) {
            return;
        }
        Path aside = TemporaryFile.beside(file);
        try {
            operations.link(file, aside);
            operations.move(temporary, file);
            operations.move(aside, temporary);
        } finally {
            TemporaryFile.discard(aside, operations);
        }
    }

    /** Two programs have written within the time of two renames. The later one's file has the name, the other one is kept. */
    private KeystoreException collision(Path temporary) throws KeystoreException {
        Path kept = file.resolveSibling(temporary.getFileName() + ".kept");
        step("keep another program's file", kept, () -> {
            exchange(temporary);
            operations.move(temporary, kept);
        });
        return new KeystoreException("two other programs wrote the file in the same moment: " + kept
                + " is what one of them wrote, compare the two and remove it");
    }

    /** Who may do what with the file, which exists. */
    public FileAccess access() throws KeystoreException {
        try {
            return FileAccess.of(file);
        } catch (IOException e) {
            throw FileTrouble.with("look at the keystore", file, e);
        }
    }

    private static boolean holds(Path file, Optional<byte[]> expected) throws KeystoreException {
        Optional<byte[]> found = read(file);
        return found.isPresent() == expected.isPresent()
                && (found.isEmpty() || Arrays.equals(found.get(), expected.get()));
    }

    /** Removes what a run that was cut short has left. Only under the lock, since a run that goes on needs its own. */
    public void removeLeftovers() throws KeystoreException {
        TemporaryFile.removeLeftoversOf(file, operations);
    }
}
