package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import no.sertsynk.keystore.KeystoreException;

/** Follows symbolic links, also to a file that does not exist yet. */
final class LinkedFile {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private LinkedFile() {}

    static Path behind(Path path) throws KeystoreException {
        Path file = path.toAbsolutePath().normalize();
        try {
            for (int links = 0; links < MAX_LINKS; links++) {
                Path folder = file.getParent();
                Path name = file.getFileName();
                if (folder == null || name == null || !Files.isDirectory(folder)) {
                    return file;
                }
                file = folder.toRealPath().resolve(name);
                if (!Files.isSymbolicLink(file)) {
                    return file;
                }
                file = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            }
        } catch (NoSuchFileException e) {
            throw new KeystoreException("the path changed while it was followed, try again: " + path, e);
        } catch (IOException e) {
            throw FileTrouble.with("follow the path", path, e);
        }
        throw new KeystoreException("expected a file, found symbolic links that lead in a circle: " + path);
    }
}
