package no.sertsynk.keystore;

import java.util.Optional;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.file.KeystoreLock;
import no.sertsynk.keystore.file.TargetFile;
import no.sertsynk.keystore.format.DueChange;
import no.sertsynk.keystore.format.StoreFormat;
import no.sertsynk.keystore.format.StoreImage;
import no.sertsynk.keystore.format.Successor;

/** A keystore that is one file, of whatever format. */
final class SingleFileKeystore implements Keystore {
    /** Whoever writes a keystore this often is not done within our patience. */
    private static final int MAX_ATTEMPTS = 5;

    private final KeystoreSpec spec;
    private final StoreFormat format;
    private final TargetFile target;
    private final KeystoreLock lock;
    private Optional<byte[]> file;
    private StoreImage image;

    private SingleFileKeystore(
            KeystoreSpec spec, StoreFormat format, TargetFile target, KeystoreLock lock, Optional<byte[]> file)
            throws KeystoreException {
        this.spec = spec;
        this.format = format;
        this.target = target;
        this.lock = lock;
        this.file = file;
        this.image = parse(file);
    }

    static Keystore open(KeystoreSpec spec, FileOperations operations) throws KeystoreException {
        StoreFormat format = StoreFormat.of(spec);
        TargetFile target = TargetFile.find(spec.path(), operations);
        KeystoreLock lock = KeystoreLock.take(target);
        try {
            target.removeLeftovers();
            return new SingleFileKeystore(spec, format, target, lock, target.read());
        } catch (KeystoreException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private StoreImage parse(Optional<byte[]> read) throws KeystoreException {
        return read.isPresent() ? format.parse(read.get()) : format.absent();
    }

    @Override
    public KeystoreContents contents() {
        return image.contents();
    }

    @Override
    public boolean replace(KeystoreChange change) throws KeystoreException {
        try {
            return merge(change);
        } catch (KeystoreException e) {
            throw Keystores.about(spec, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Where another program was faster and made the same change, that counts as ours. */
    private boolean merge(KeystoreChange change) throws KeystoreException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            KeystoreChange due = DueChange.of(image, change);
            if (due.isEmpty()) {
                return attempt > 0;
            }
            StoreImage next = image.with(due);
            byte[] content = next.encode();
            new Successor(format, image, due).prove(content);
            if (target.replace(file, content)) {
                file = Optional.of(content);
                image = next;
                return true;
            }
            file = target.read();
            image = parse(file);
        }
        throw new KeystoreException("another program changes the file again and again, at least " + MAX_ATTEMPTS
                + " times while sertsynk tried: let only one of them write it at a time");
    }
}
