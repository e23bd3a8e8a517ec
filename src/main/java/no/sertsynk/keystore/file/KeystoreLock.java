package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.keystore.KeystoreException;

/**
 * Keeps every other run of sertsynk away from a keystore file, also one of another state folder. It guards correctness:
 * without it two runs could each undo the other's change. The lock file stays when the lock goes, since removing it would
 * let two runs lock two files of one name.
 */
public final class KeystoreLock implements AutoCloseable {
    private static final int LOCK_FILE_MODE = 0640;
    private static final int MAX_HOLDER_BYTES = 64;

    /**
     * What this process holds. POSIX gives locks to processes: closing any channel on a lock file drops the lock that
     * another channel of the same process has on it, so that a second one must not even be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private KeystoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a keystore at its real path, without waiting.
     *
     * @throws KeystoreException if somebody else has it, or if the lock file cannot be made
     */
    public static KeystoreLock take(Path keystore, FileOperations operations) throws KeystoreException {
        Path file = keystore.resolveSibling(keystore.getFileName() + ".lock");
        if (!HELD.add(file)) {
            throw new KeystoreException("another task of this process is changing it: try again when that has ended");
        }
        try {
            KeystoreLock lock = new KeystoreLock(file, open(file, operations));
            lock.acquire();
            return lock;
        } catch (IOException e) {
            HELD.remove(file);
            throw FileTrouble.with("lock the keystore", file, e);
        } catch (KeystoreException | RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel open(Path file, FileOperations operations) throws IOException, KeystoreException {
        try {
            operations.create(file);
            Path folder = Objects.requireNonNull(file.getParent());
            operations.setAccess(file, FileAccess.created(file, folder, LOCK_FILE_MODE));
        } catch (FileAlreadyExistsException e) {
            // From an earlier run. What else it might be must not be opened, since the holder's number is written into
            // it.
            if (!Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                    .equals(1)) {
                throw new KeystoreException(file + " is another file's second name: remove it");
            }
        }
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private void acquire() throws IOException, KeystoreException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new KeystoreException("another run of sertsynk is changing it" + holder()
                        + ": wait until that has ended, or stop it");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException | KeystoreException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** As far as the lock file tells, which somebody else may have written. */
    private String holder() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        channel.read(text, 0);
        String number = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        try {
            long pid = Long.parseLong(number);
            String user = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().user())
                    .map(name -> " of user " + name)
                    .orElse("");
            return ", probably process " + pid + user;
        } catch (NumberFormatException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            // The system gives the lock back when the process ends; what was to be written has been written.
        } finally {
            HELD.remove(file);
        }
    }
}
