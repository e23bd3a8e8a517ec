package no.sertsynk.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a second background service off a state folder, and tells others that one is running. Saves work: what is written
 * is guarded by the lock of each run.
 */
public final class DaemonLock implements AutoCloseable {
    private static final String NAME = "daemon.lock";
    private static final Pattern CONTENT = Pattern.compile("([0-9]{1,10}) ([0-9]{1,5})\\s*");

    private final FileChannel channel;

    private DaemonLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The background service that holds a state folder.
     *
     * @param port that it listens at
     */
    public record Running(long pid, int port) {}

    /**
     * The lock, at once or not at all. Given back when this process ends, however it does.
     *
     * @throws StateException if another process holds it, or the folder cannot be written
     */
    public static DaemonLock take(StateFolder folder) {
        Path file = folder.path().resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            if (!isLocked(channel)) {
                channel.close();
                throw new StateException("another daemon" + process(folder.path()) + " is running on the state folder "
                        + folder.path() + "; stop it first");
            }
            folder.adopt(file);
            channel.truncate(0);
            return new DaemonLock(channel);
        } catch (IOException e) {
            throw new StateException(
                    "the state folder " + folder.path() + " cannot be written: " + e
                            + "; run as the folder's owner or with sudo",
                    e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return false;
        }
    }

    private static String process(Path folder) {
        try {
            return running(folder)
                    .map(running -> " (process " + running.pid() + ")")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells others where this service is. */
    public void publish(int port) {
        write(ProcessHandle.current().pid() + " " + port + "\n");
    }

    private void write(String content) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw new StateException("the state folder cannot be written: " + e, e);
        }
    }

    /**
     * The service that is running on the folder; empty if there is none.
     *
     * @throws IOException if that may not be looked at
     */
    public static Optional<Running> running(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Matcher matcher = CONTENT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        return matcher.matches() && Files.exists(Path.of("/proc", matcher.group(1)))
                ? Optional.of(new Running(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public void close() {
        write("");
        try {
            channel.close();
        } catch (IOException e) {
            throw new StateException("the lock of the daemon cannot be given back", e);
        }
    }
}
