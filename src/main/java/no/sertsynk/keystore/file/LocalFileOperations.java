package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The real thing. */
final class LocalFileOperations implements FileOperations {
    private static final int RENAME_EXCHANGE = 2;

    // errno(3)
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int EXDEV = 18;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;

    @Override
    public void create(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    @Override
    public void setAccess(Path file, FileAccess access) throws IOException {
        access.applyTo(file);
    }

    @Override
    public void sync(Path file) throws IOException {
        // For reading, since the mode may forbid writing by now; Linux syncs all the same.
        force(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean exchange(Path one, Path other) throws IOException {
        Optional<LinuxCalls> calls = LinuxCalls.find();
        if (calls.isEmpty()) {
            return false;
        }
        long result = calls.get()
                .rename(one.toAbsolutePath().toString(), other.toAbsolutePath().toString(), RENAME_EXCHANGE);
        return switch ((int) -result) {
            case 0 -> true;
            case EINVAL, ENOSYS, EOPNOTSUPP -> false;
            case ENOENT -> throw new NoSuchFileException(other.toString());
            case EACCES -> throw new AccessDeniedException(other.toString());
            case EBUSY, EXDEV -> throw new FileSystemException(other.toString(), null, "Device or resource busy");
            case EPERM -> throw new FileSystemException(other.toString(), null, "Operation not permitted");
            case ENOSPC -> throw new FileSystemException(other.toString(), null, "No space left on device");
            case EROFS -> throw new FileSystemException(other.toString(), null, "Read-only file system");
            default -> throw new FileSystemException(other.toString(), null, "error " + -result + " of rename");
        };
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void linkSymbolically(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
