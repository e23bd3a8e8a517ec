package no.sertsynk.keystore.file;

import static no.sertsynk.keystore.file.FileTrouble.step;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;

/**
 * New content for a file, which lies beside it, durable, until it is put in place of what was read. What is replaced is
 * looked at once more when it no longer has its name; if it is not what was read, it gets its name back. So a write of
 * another program that meets ours is never lost.
 */
final class Replacement implements AutoCloseable {
    private static final int NEW_FILE_MODE = 0640;

    private final Path file;
    private final Path temporary;
    private final Optional<byte[]> expected;
    private final byte[] content;
    private final FileOperations operations;
    private boolean disposable = true;

    private Replacement(Path file, Optional<byte[]> expected, byte[] content, FileOperations operations) {
        this.file = file;
        this.temporary = TemporaryFile.beside(file);
        this.expected = expected;
        this.content = content;
        this.operations = operations;
    }

    /**
     * Writes the content, with the owner, group, mode and access control list of the file that it is to replace.
     *
     * @param expected what was read; empty for no file
     */
    static Replacement prepare(Path file, Optional<byte[]> expected, byte[] content, FileOperations operations)
            throws KeystoreException {
        Replacement replacement = new Replacement(file, expected, content, operations);
        try {
            replacement.write();
            return replacement;
        } catch (KeystoreException | RuntimeException e) {
            replacement.close();
            throw e;
        }
    }

    private void write() throws KeystoreException {
        step("create a file beside the keystore", temporary, () -> operations.create(temporary));
        step("write the new file", temporary, () -> operations.write(temporary, content));
        step("keep owner, group and mode of the file", file, () -> {
            Path folder = Objects.requireNonNull(file.getParent());
            FileAccess access =
                    Files.exists(file) ? FileAccess.of(file) : FileAccess.created(temporary, folder, NEW_FILE_MODE);
            operations.setAccess(temporary, access);
        });
        step("make the new file durable", temporary, () -> operations.sync(temporary));
    }

    /**
     * Puts it in place; the name is not yet durable then.
     *
     * @return false if the file was not what had been read, and has been left so
     */
    boolean place() throws KeystoreException {
        if (!FileContent.is(file, expected)) {
            return false;
        }
        return expected.isPresent() ? swap() : name();
    }

    /** Gives a new file its name; not if another program has made one of that name meanwhile. */
    private boolean name() throws KeystoreException {
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

    private boolean swap() throws KeystoreException {
        try {
            exchange();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileTrouble.with("replace the file", file, e);
        }
        if (FileContent.is(temporary, expected)) {
            return true;
        }
        disposable = false;
        step("put another program's file back", file, this::exchange);
        if (!FileContent.is(temporary, Optional.of(content))) {
            throw collision();
        }
        disposable = true;
        return false;
    }

    /** Where the names cannot be exchanged in one step, the replaced file has a second name for a moment. */
    private void exchange() throws IOException {
        if (operations.exchange(temporary, file)) {
            return;
        }
        Path aside = TemporaryFile.beside(file);
        try {
            secondName(aside);
            operations.move(temporary, file);
            operations.move(aside, temporary);
        } finally {
            TemporaryFile.discard(aside, operations);
        }
    }

    /** A copy will do on a file system without second names, or for somebody who may not give the file one. */
    private void secondName(Path aside) throws IOException {
        try {
            operations.link(file, aside);
        } catch (IOException | UnsupportedOperationException e) {
            byte[] copied = Files.readAllBytes(file);
            operations.create(aside);
            operations.write(aside, copied);
            operations.setAccess(aside, FileAccess.of(file));
        }
    }

    /** Two programs have written within the time of two renames. The later one's file has the name, the other one is kept. */
    private KeystoreException collision() throws KeystoreException {
        Path kept = file.resolveSibling(temporary.getFileName() + ".kept");
        step("keep another program's file", kept, () -> {
            exchange();
            operations.move(temporary, kept);
        });
        return new KeystoreException("two other programs wrote the file in the same moment: " + kept
                + " is what one of them wrote, compare the two and remove it");
    }

    /** Removes what lies beside the file: the new content that was not used, or the old one. */
    @Override
    public void close() {
        if (disposable) {
            TemporaryFile.discard(temporary, operations);
        }
    }
}
