package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that is replaced whole: temporary file in the same folder, owner and mode, fsync, rename, fsync of the folder.
 * Symbolic links are followed to the file they name, and stay.
 */
public final class AtomicFile {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Path path;
    private final FileOperations operations;

    private AtomicFile(Path path, FileOperations operations) {
        this.path = path;
        this.operations = operations;
    }

    /**
     * The file that the path names, links followed; it need not exist.
     *
     * @throws IOException if its folder does not exist or the path names something else than a file
     */
    public static AtomicFile of(Path path, FileOperations operations) throws IOException {
        Path real;
        if (Files.exists(path)) {
            real = path.toRealPath();
        } else {
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new IOException("expected the folder of " + path + ", found none; make it first");
            }
            real = folder.toRealPath().resolve(path.getFileName());
        }
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            throw new IOException("expected a file at " + path + ", found something else");
        }
        return new AtomicFile(real, operations);
    }

    public Path path() {
        return path;
    }

    /** The lock file beside it. */
    public Path lockFile() {
        return path.resolveSibling(path.getFileName() + ".lock");
    }

    /** What was read, and by which it is known again. */
    public record Snapshot(byte[] bytes, Optional<Object> fileKey) {}

    /** The file as it is; empty if there is none. */
    public Optional<Snapshot> read() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.size() > MAX_BYTES) {
                throw new IOException("expected at most " + MAX_BYTES + " bytes, found " + attributes.size());
            }
            return Optional.of(new Snapshot(Files.readAllBytes(path), Optional.ofNullable(attributes.fileKey())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Takes away what an earlier run that died has left. */
    public void clean() throws IOException {
        Path folder = folder();
        String prefix = path.getFileName() + ".tmp-";
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                if (child.getFileName().toString().startsWith(prefix)
                        && Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    operations.delete(child);
                }
            }
        }
    }

    /**
     * Puts the bytes in the file's place, if the file is still as it was.
     *
     * @return whether it was; if not, nothing was done and the caller reads again
     */
    public boolean replace(Optional<Snapshot> read, byte[] bytes) throws IOException {
        Path temporary = path.resolveSibling(
                path.getFileName() + ".tmp-" + ProcessHandle.current().pid());
        try {
            operations.create(temporary, bytes);
            operations.setAttributes(
                    temporary, Files.exists(path) ? Ownership.of(path) : Ownership.ofNewIn(folder(), temporary));
            operations.sync(temporary);
            if (!isStill(read)) {
                operations.delete(temporary);
                return false;
            }
            operations.rename(temporary, path);
        } catch (IOException | RuntimeException e) {
            try {
                operations.delete(temporary);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        operations.syncFolder(folder());
        return true;
    }

    private boolean isStill(Optional<Snapshot> read) throws IOException {
        Optional<Snapshot> now = read();
        if (read.isEmpty() || now.isEmpty()) {
            return read.isEmpty() && now.isEmpty();
        }
        return read.get().fileKey().equals(now.get().fileKey())
                && Arrays.equals(read.get().bytes(), now.get().bytes());
    }

    private Path folder() throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IOException("expected a file in a folder, found " + path);
        }
        return folder;
    }
}
