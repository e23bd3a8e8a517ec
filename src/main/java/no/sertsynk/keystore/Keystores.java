package no.sertsynk.keystore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.file.AtomicFile;
import no.sertsynk.keystore.file.AtomicFile.Snapshot;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.format.KeystoreFormat;

/** Opens keystores of all formats. */
public final class Keystores {
    private static final int MERGES = 5;

    private final FileOperations operations;

    /** With the given file operations; {@link FileOperations#SYSTEM} outside tests. */
    public Keystores(FileOperations operations) {
        this.operations = operations;
    }

    /** What the keystore holds. Takes no lock, writes nothing. */
    public KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
        try {
            Optional<Snapshot> snapshot = AtomicFile.of(spec.path(), operations).read();
            return contents(spec, snapshot);
        } catch (IOException e) {
            throw failure(spec, "read", e);
        }
    }

    /**
     * The keystore, locked until it is closed.
     *
     * @throws KeystoreException if another run holds it or it cannot be read
     */
    public Keystore open(KeystoreSpec spec) throws KeystoreException {
        try {
            AtomicFile file = AtomicFile.of(spec.path(), operations);
            FileChannel channel =
                    FileChannel.open(file.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw heldBy(spec);
                }
                file.clean();
                return new OpenKeystore(spec, file, channel, file.read());
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw heldBy(spec);
            } catch (IOException | KeystoreException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failure(spec, "opened", e);
        }
    }

    private static KeystoreException heldBy(KeystoreSpec spec) {
        return new KeystoreException("expected " + spec.path()
                + " free, found that another run of sertsynk is changing it; wait for that one, or end it");
    }

    private static KeystoreContents contents(KeystoreSpec spec, Optional<Snapshot> snapshot)
            throws KeystoreException {
        if (snapshot.isEmpty()) {
            if (spec.type().needsPassword() && spec.password().isEmpty()) {
                throw new KeystoreException("expected a password for " + spec.path() + ", found none");
            }
            return new KeystoreContents(false, Map.of(), Set.of());
        }
        return KeystoreFormat.of(spec.type()).read(snapshot.get().bytes(), spec.password());
    }

    private static KeystoreException failure(KeystoreSpec spec, String verb, IOException e) {
        String why =
                switch (e) {
                    case AccessDeniedException denied -> "permission denied for " + denied.getFile()
                            + "; let the user that runs sertsynk write in the folder";
                    case FileSystemException system when system.getReason() != null ->
                        system.getReason() + " (" + system.getFile() + ")";
                    default -> String.valueOf(e.getMessage());
                };
        return new KeystoreException(
                "the keystore " + spec.path() + " could not be " + verb + " and is as it was: " + why, e);
    }

    private static final class OpenKeystore implements Keystore {
        private final KeystoreSpec spec;
        private final AtomicFile file;
        private final FileChannel lock;
        private Optional<Snapshot> snapshot;
        private KeystoreContents contents;

        OpenKeystore(KeystoreSpec spec, AtomicFile file, FileChannel lock, Optional<Snapshot> snapshot)
                throws KeystoreException {
            this.spec = spec;
            this.file = file;
            this.lock = lock;
            this.snapshot = snapshot;
            this.contents = Keystores.contents(spec, snapshot);
        }

        @Override
        public KeystoreContents contents() {
            return contents;
        }

        @Override
        public void replace(KeystoreChange change) throws KeystoreException {
            if (change.isEmpty()) {
                return;
            }
            try {
                for (int merge = 0; merge < MERGES; merge++) {
                    byte[] old = snapshot.map(Snapshot::bytes).orElse(new byte[0]);
                    byte[] bytes = KeystoreFormat.of(spec.type()).write(old, change, spec.password());
                    if (file.replace(snapshot, bytes)) {
                        snapshot = file.read();
                        contents = Keystores.contents(spec, snapshot);
                        return;
                    }
                    // Another program wrote in the meantime: its entries are taken along.
                    snapshot = file.read();
                }
            } catch (IOException e) {
                throw failure(spec, "replaced", e);
            }
            throw new KeystoreException("expected " + spec.path() + " at rest, found that another program keeps"
                    + " writing it; the next run tries again");
        }

        @Override
        public void close() {
            try {
                lock.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("the lock of " + spec.path() + " could not be given back", e);
            }
        }
    }
}
