package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The single steps of replacing a file, each of which can fail. */
public interface FileOperations {
    /** Makes a new file that only its owner may read, with these bytes. */
    void create(Path file, byte[] bytes) throws IOException;

    /** Gives the file an owner, a group and a mode. */
    void setAttributes(Path file, Ownership ownership) throws IOException;

    /** Waits until the file's content is on the disk. */
    void sync(Path file) throws IOException;

    /** Puts the one in the place of the other, atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Waits until the folder's entries are on the disk. */
    void syncFolder(Path folder) throws IOException;

    void delete(Path file) throws IOException;

    /** The file system's own. */
    FileOperations SYSTEM = new FileOperations() {
        @Override
        public void create(Path file, byte[] bytes) throws IOException {
            Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }

        @Override
        public void setAttributes(Path file, Ownership ownership) throws IOException {
            ownership.applyTo(file);
        }

        @Override
        public void sync(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    };
}
