package no.sertsynk.keystore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.file.KeystoreFolder;
import no.sertsynk.keystore.file.KeystoreFolder.Written;
import no.sertsynk.keystore.file.KeystoreLock;
import no.sertsynk.keystore.format.DueChange;
import no.sertsynk.keystore.format.FolderImage;
import no.sertsynk.keystore.format.HashLinks;
import no.sertsynk.model.PartnerCertificate;

/**
 * A keystore that is a folder with a file for each certificate. New files and links come first, then changed ones, and what
 * goes goes last, so that a reader finds at each moment what is there before and after.
 */
final class FolderKeystore implements Keystore {
    private static final int MAX_ATTEMPTS = 5;

    private final KeystoreSpec spec;
    private final KeystoreFolder folder;
    private final GenerationStore generations;
    private final KeystoreLock lock;
    private final FolderImage.Reader reader = new FolderImage.Reader();
    private Map<String, byte[]> files = Map.of();
    private FolderImage image;

    private FolderKeystore(KeystoreSpec spec, KeystoreFolder folder, GenerationStore generations, KeystoreLock lock)
            throws KeystoreException {
        this.spec = spec;
        this.folder = folder;
        this.generations = generations;
        this.lock = lock;
        this.image = read();
    }

    static Keystore open(KeystoreSpec spec, FileOperations operations) throws KeystoreException {
        KeystoreFolder folder = KeystoreFolder.find(spec.path(), operations);
        KeystoreLock lock = KeystoreLock.take(folder.path(), operations);
        try {
            folder.removeLeftovers();
            return new FolderKeystore(spec, folder, new GenerationStore(spec, operations), lock);
        } catch (KeystoreException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    static KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
        return image(
                        KeystoreFolder.find(spec.path(), FileOperations.LOCAL).list(FolderImage.ENDING),
                        new FolderImage.Reader())
                .contents();
    }

    private FolderImage read() throws KeystoreException {
        Optional<KeystoreFolder.Listing> listing = folder.list(FolderImage.ENDING);
        files = listing.map(KeystoreFolder.Listing::files).orElse(Map.of());
        return image(listing, reader);
    }

    private static FolderImage image(Optional<KeystoreFolder.Listing> listing, FolderImage.Reader reader) {
        return listing.map(found -> reader.read(found.names(), found.files(), found.links(), found.dangling()))
                .orElseGet(FolderImage::absent);
    }

    @Override
    public KeystoreContents contents() {
        return image.contents();
    }

    @Override
    public boolean replace(KeystoreChange change) throws KeystoreException {
        return replace(change, GenerationStore.NONE);
    }

    /** What was written is proven by reading the folder again and finding nothing left to do. */
    @Override
    public boolean replace(KeystoreChange change, int generation) throws KeystoreException {
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                KeystoreChange due = DueChange.of(image, change);
                HashLinks links = image.links(due);
                if (due.isEmpty() && links.isEmpty()) {
                    return attempt > 0;
                }
                if (attempt == 0 && image.contents().exists()) {
                    generations.keep(generation, image.bundle(), folder.accessOfFiles());
                }
                apply(due, links);
                image = read();
            }
            throw new KeystoreException("another program changes the folder again and again, at least " + MAX_ATTEMPTS
                    + " times while sertsynk tried: let only one of them write it at a time");
        } catch (KeystoreException e) {
            throw Keystores.about(spec, e);
        }
    }

    /** Stops where another program was faster: then the folder is read again and the rest is done. */
    private void apply(KeystoreChange due, HashLinks links) throws KeystoreException {
        List<Written> added = new ArrayList<>();
        List<Written> changed = new ArrayList<>();
        for (Map.Entry<String, PartnerCertificate> put : new TreeMap<>(due.put()).entrySet()) {
            String name = put.getKey() + FolderImage.ENDING;
            Optional<byte[]> before = Optional.ofNullable(files.get(name));
            Written file = new Written(name, before, FolderImage.file(put.getKey(), put.getValue()));
            (before.isPresent() ? changed : added).add(file);
        }
        folder.create();
        boolean done = folder.write(added) && link(links.first());
        folder.sync();
        if (!done) {
            return;
        }
        done = folder.write(changed) && link(links.last());
        folder.sync();
        if (done) {
            remove(due);
            folder.sync();
        }
    }

    private boolean link(List<HashLinks.Step> steps) throws KeystoreException {
        for (HashLinks.Step step : steps) {
            if (!folder.link(step.name(), step.before(), step.after())) {
                return false;
            }
        }
        return true;
    }

    private void remove(KeystoreChange due) throws KeystoreException {
        for (String alias : due.remove()) {
            String name = alias + FolderImage.ENDING;
            byte[] before = files.get(name);
            if (before == null || !folder.remove(name, before)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
