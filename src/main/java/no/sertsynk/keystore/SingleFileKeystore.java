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
    private final GenerationStore generations;
    private final KeystoreLock lock;
    private Optional<byte[]> file;
    private StoreImage image;

    private SingleFileKeystore(KeystoreSpec spec, TargetFile target, GenerationStore generations, KeystoreLock lock)
            throws KeystoreException {
        this.spec = spec;
        this.format = StoreFormat.of(spec);
        this.target = target;
        this.generations = generations;
        this.lock = lock;
        this.file = target.read();
        this.image = parse(file);
    }

    static Keystore open(KeystoreSpec spec, FileOperations operations) throws KeystoreException {
        StoreFormat.of(spec);
        TargetFile target = TargetFile.find(spec.path(), operations);
        KeystoreLock lock = KeystoreLock.take(target.path(), operations);
        try {
            target.removeLeftovers();
            return new SingleFileKeystore(spec, target, new GenerationStore(spec, operations), lock);
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
        return replace(change, GenerationStore.NONE);
    }

    @Override
    public boolean replace(KeystoreChange change, int generation) throws KeystoreException {
        try {
            return merge(change, generation);
        } catch (KeystoreException e) {
            throw Keystores.about(spec, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Where another program was faster and made the same change, that counts as ours. */
    private boolean merge(KeystoreChange change, int generation) throws KeystoreException {
        boolean placed = false;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            KeystoreChange due = DueChange.of(image, change);
            if (due.isEmpty() && !image.rewriteDue()) {
                return attempt > 0;
            }
            StoreImage next = image.with(due);
            byte[] content = next.encode();
            new Successor(format, image, due).prove(content);
            if (!placed && file.isPresent()) {
                generations.keep(generation, file.get(), target.access());
            }
            switch (target.replace(file, content)) {
                case REPLACED -> {
                    file = Optional.of(content);
                    image = next;
                    return true;
                }
                case NOT_AS_READ -> readAgain();
                case CHANGED_SINCE -> {
                    placed = true;
                    readAgain();
                }
            }
        }
        throw new KeystoreException("another program changes the file again and again, at least " + MAX_ATTEMPTS
                + " times while sertsynk tried: let only one of them write it at a time");
    }

    private void readAgain() throws KeystoreException {
        file = target.read();
        try {
            image = parse(file);
        } catch (KeystoreException e) {
            throw new KeystoreException(
                    "another program was writing the file in the same moment, try again; found meanwhile: "
                            + e.getMessage(),
                    e);
        }
    }
}
