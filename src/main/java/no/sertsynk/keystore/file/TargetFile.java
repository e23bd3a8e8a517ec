package no.sertsynk.keystore.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;

/** A keystore file, found behind its symbolic links, that is read whole and replaced whole. */
public final class TargetFile {
    /** Far above a keystore of all parties; a wrong path must not fill the memory. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int NEW_FILE_MODE = 0640;
    private static final int RANDOM_BYTES = 8;
    private static final String TEMPORARY = ".sertsynk-";
    private static final String TEMPORARY_END = ".tmp";

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

    Path folder() {
        return folder;
    }

    FileOperations operations() {
        return operations;
    }

    /**
     * The file as it is now; empty if there is none.
     *
     * @throws KeystoreException if it cannot be read or is larger than {@link #MAX_BYTES}
     */
    public Optional<byte[]> read() throws KeystoreException {
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

    /**
     * Puts new content in place of what was read, with the owner, group and mode of the replaced file.
     *
     * @param expected what {@link #read} gave
     * @return false if the file is no longer what was read, or was changed right after: then nothing is certain, read again
     * @throws KeystoreException if it cannot be replaced; up to the very last step the file is as it was
     */
    public boolean replace(Optional<byte[]> expected, byte[] content) throws KeystoreException {
        Path temporary = folder.resolve(temporaryName());
        try {
            prepare(temporary, content);
            if (!holds(expected)) {
                return false;
            }
            step("replace the file", file, () -> operations.move(temporary, file));
        } finally {
            discard(temporary);
        }
        step("make the replaced file durable", folder, () -> operations.syncFolder(folder));
        return holds(Optional.of(content));
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

    private boolean holds(Optional<byte[]> expected) throws KeystoreException {
        Optional<byte[]> found = read();
        return found.isPresent() == expected.isPresent()
                && (found.isEmpty() || Arrays.equals(found.get(), expected.get()));
    }

    private void discard(Path temporary) {
        try {
            operations.delete(temporary);
        } catch (IOException e) {
            // It is clearly ours, so that whoever opens the keystore next removes it.
        }
    }

    private String temporaryName() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return file.getFileName() + TEMPORARY + HexFormat.of().formatHex(random) + TEMPORARY_END;
    }

    /** Removes what a run that was cut short has left. Only under the lock, since a run that goes on needs its own. */
    public void removeLeftovers() throws KeystoreException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, this::isLeftover)) {
            for (Path leftover : leftovers) {
                operations.delete(leftover);
            }
        } catch (IOException e) {
            throw FileTrouble.with("remove an earlier run's temporary files", folder, e);
        } catch (DirectoryIteratorException e) {
            throw FileTrouble.with(
                    "remove an earlier run's temporary files", folder, Objects.requireNonNull(e.getCause()));
        }
    }

    private boolean isLeftover(Path candidate) {
        String name = candidate.getFileName().toString();
        String start = file.getFileName() + TEMPORARY;
        int digits = name.length() - start.length() - TEMPORARY_END.length();
        if (digits != 2 * RANDOM_BYTES || !name.startsWith(start) || !name.endsWith(TEMPORARY_END)) {
            return false;
        }
        for (int i = start.length(); i < start.length() + digits; i++) {
            if ("0123456789abcdef".indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return Files.isRegularFile(candidate, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void step(String attempt, Path about, Step step) throws KeystoreException {
        try {
            step.run();
        } catch (IOException e) {
            throw FileTrouble.with(attempt, about, e);
        }
    }
}
