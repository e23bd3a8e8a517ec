package no.sertsynk.keystore.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;

/** What is in a file, within bounds. */
final class FileContent {
    /** Far above a keystore of all parties; a wrong path must not fill the memory. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private FileContent() {}

    /**
     * Empty if there is no file.
     *
     * @throws KeystoreException if it cannot be read or is larger than {@link #MAX_BYTES}
     */
    static Optional<byte[]> read(Path file) throws KeystoreException {
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

    /** Whether that is in the file; empty for no file. */
    static boolean is(Path file, Optional<byte[]> expected) throws KeystoreException {
        Optional<byte[]> found = read(file);
        return found.isPresent() == expected.isPresent()
                && (found.isEmpty() || Arrays.equals(found.get(), expected.get()));
    }
}
