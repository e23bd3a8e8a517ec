package no.sertsynk.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder that holds the state. One run at a time may change what is in it. */
public final class StateFolder {
    static final String KEY_FILE = "state.key";
    /** More than the records of a run take. A disk with less is told before anything is done, and not halfway. */
    private static final long ROOM_BYTES = 1024 * 1024;

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder, made if it is not there. */
    public static StateFolder create(Path folder) {
        try {
            make(folder);
            return new StateFolder(folder);
        } catch (IOException e) {
            throw new StateException(
                    "the state folder " + folder + " cannot be made: " + e + "; make it, or change 'state'", e);
        }
    }

    /** Each folder that is missing is made and given to the owner of the one around it. */
    private static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path around = folder.toAbsolutePath().getParent();
        if (around != null) {
            make(around);
        }
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        if (around != null) {
            give(folder, around);
        }
    }

    public Path path() {
        return folder;
    }

    Path keyFile() {
        return folder.resolve(KEY_FILE);
    }

    Path database() {
        return folder.resolve("state.db");
    }

    /** Keeps other runs out until it is closed. Guards correctness: two runs must not interleave. */
    public interface RunLock extends AutoCloseable {
        @Override
        void close();
    }

    /** The lock, at once or not at all, and only where there is room for what a run writes. */
    public RunLock lock() {
        Path file = folder.resolve("run.lock");
        try {
            requireRoom();
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
            boolean locked = false;
            try {
                locked = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw new StateException(held(file), e);
            }
            if (!locked) {
                channel.close();
                throw new StateException(held(file));
            }
            adopt(file);
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return () -> {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new StateException("the run lock " + file + " cannot be given back", e);
                }
            };
        } catch (IOException e) {
            throw new StateException(
                    "the state folder " + folder + " cannot be written: " + e
                            + "; run as the folder's owner or with sudo",
                    e);
        }
    }

    private void requireRoom() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < ROOM_BYTES) {
            throw new StateException(
                    "the disk is full: expected " + ROOM_BYTES / 1024 + " kB free for the state folder " + folder
                            + ", found " + free / 1024 + "; make room, nothing was done");
        }
    }

    private static String held(Path file) {
        String pid;
        try {
            pid = " (process " + Files.readString(file).strip() + ")";
        } catch (IOException e) {
            pid = "";
        }
        return "another run" + pid + " is working on this state folder; wait until it has ended";
    }

    /** Refuses a folder that nothing can be written into, or a state that cannot be used, before anybody relies on it. */
    public void requireUsable() {
        Path probe = folder.resolve("daemon.probe");
        try {
            requireRoom();
            try {
                Files.write(probe, new byte[0]);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw new StateException(
                    "the state folder " + folder + " cannot be written: " + e + "; make room, or change its owner", e);
        }
        if (Files.exists(database())) {
            SqliteStatus.open(folder).ifPresent(SqliteStatus::close);
        }
    }

    /** Run as root on another's folder, what is made belongs to the folder's owner. */
    public void adopt(Path file) throws IOException {
        give(file, folder);
    }

    private static void give(Path file, Path around) throws IOException {
        int uid = (Integer) Files.getAttribute(file, "unix:uid");
        int folderUid = (Integer) Files.getAttribute(around, "unix:uid");
        if (uid == 0 && folderUid != 0) {
            Files.setAttribute(file, "unix:uid", folderUid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", Files.getAttribute(around, "unix:gid"), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
