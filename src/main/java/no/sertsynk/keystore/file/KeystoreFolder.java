package no.sertsynk.keystore.file;

import static no.sertsynk.keystore.file.FileTrouble.step;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreException;

/** A folder of small files and of symbolic links between them, in which other programs keep files too. */
public final class KeystoreFolder {
    private static final int NEW_FOLDER_MODE = 0750;
    private static final int MODE_OF_FILES = 0666;

    /** A wrong path must not fill the memory. */
    private static final int MAX_NAMES = 200_000;

    /** More than any file of one certificate has; what is larger is somebody else's and not read. */
    private static final int MAX_FILE_BYTES = 256 * 1024;

    private final Path folder;
    private final FileOperations operations;

    private KeystoreFolder(Path folder, FileOperations operations) {
        this.folder = folder;
        this.operations = operations;
    }

    /**
     * What lies in the folder.
     *
     * @param names of everything
     * @param files small files of the kind that was asked for, with their content
     * @param links symbolic links, with the text of where they lead
     * @param dangling those of the links that lead nowhere
     */
    public record Listing(
            Set<String> names, Map<String, byte[]> files, Map<String, String> links, Set<String> dangling) {}

    /**
     * Follows symbolic links to the folder that they name, whether it exists or not.
     *
     * @throws KeystoreException if the folder around it does not exist, or if it is no folder
     */
    public static KeystoreFolder find(Path path, FileOperations operations) throws KeystoreException {
        Path folder = LinkedFile.behind(path);
        Path around = folder.getParent();
        if (around == null || !Files.isDirectory(around)) {
            throw new KeystoreException(
                    "the folder " + (around == null ? folder : around) + " does not exist: create it");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new KeystoreException("expected a folder, found the file " + folder + ": name a folder");
        }
        return new KeystoreFolder(folder, operations);
    }

    /** Its real path. */
    public Path path() {
        return folder;
    }

    /**
     * What lies in it now; empty if it does not exist.
     *
     * @param ending of the names of the files whose content is wanted
     */
    public Optional<Listing> list(String ending) throws KeystoreException {
        Listing listing = new Listing(new HashSet<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                add(file, ending, listing);
            }
            return Optional.of(listing);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileTrouble.with("read the keystore", folder, e);
        } catch (DirectoryIteratorException e) {
            throw FileTrouble.with("read the keystore", folder, Objects.requireNonNull(e.getCause()));
        }
    }

    private static void add(Path file, String ending, Listing listing) throws IOException, KeystoreException {
        String name = file.getFileName().toString();
        if (listing.names().size() >= MAX_NAMES) {
            throw new KeystoreException(
                    "expected at most " + MAX_NAMES + " files, found more: check the path " + file.getParent());
        }
        try {
            if (Files.isSymbolicLink(file)) {
                listing.links().put(name, Files.readSymbolicLink(file).toString());
                if (!Files.exists(file)) {
                    listing.dangling().add(name);
                }
            } else if (name.endsWith(ending)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) <= MAX_FILE_BYTES) {
                listing.files().put(name, Files.readAllBytes(file));
            }
            listing.names().add(name);
        } catch (NoSuchFileException e) {
            // Another program has just removed it.
        }
    }

    /** Makes the folder if there is none. */
    public void create() throws KeystoreException {
        if (Files.isDirectory(folder)) {
            return;
        }
        step("create the keystore's folder", folder, () -> {
            operations.createFolder(folder);
            Path around = Objects.requireNonNull(folder.getParent());
            operations.setAccess(folder, FileAccess.created(folder, around, NEW_FOLDER_MODE));
            operations.syncFolder(around);
        });
    }

    /** What a file should have that whoever may look into the folder may read. */
    public FileAccess accessOfFiles() throws KeystoreException {
        try {
            FileAccess own = FileAccess.of(folder);
            return new FileAccess(own.owner(), own.group(), own.mode() & MODE_OF_FILES, Optional.empty());
        } catch (IOException e) {
            throw FileTrouble.with("look at the keystore", folder, e);
        }
    }

    /**
     * One file that is to be written.
     *
     * @param before what was read; empty for no file
     */
    public record Written(String name, Optional<byte[]> before, byte[] content) {}

    /**
     * Writes files, all of them beside their names first, then one after the other in place.
     *
     * @return false if one was not as it had been read; it and those behind it are left so
     */
    public boolean write(List<Written> files) throws KeystoreException {
        List<Replacement> prepared = new ArrayList<>();
        try {
            for (Written file : files) {
                Path path = folder.resolve(file.name());
                prepared.add(Replacement.prepare(path, file.before(), file.content(), operations));
            }
            for (Replacement replacement : prepared) {
                if (!replacement.place()) {
                    return false;
                }
            }
            return true;
        } finally {
            prepared.forEach(Replacement::close);
        }
    }

    /**
     * Removes a file that is what was read.
     *
     * @return false if it is not, and was left
     */
    public boolean remove(String name, byte[] before) throws KeystoreException {
        Path file = folder.resolve(name);
        Path temporary = TemporaryFile.beside(file);
        if (!FileContent.is(file, Optional.of(before))) {
            return false;
        }
        step("remove a file", file, () -> operations.move(file, temporary));
        if (FileContent.is(temporary, Optional.of(before))) {
            TemporaryFile.discard(temporary, operations);
            return true;
        }
        step("put another program's file back", file, () -> operations.link(temporary, file));
        TemporaryFile.discard(temporary, operations);
        return false;
    }

    /**
     * Makes a symbolic link to a file of the folder, lets one lead elsewhere in one step, or removes it.
     *
     * @param before where it leads now; empty if there is none
     * @param after where it is to lead; empty if it is to go
     * @return false if it was not as it had been read, and was left so
     */
    public boolean link(String name, Optional<String> before, Optional<String> after) throws KeystoreException {
        Path link = folder.resolve(name);
        if (before.isEmpty()) {
            return after.isEmpty() || make(link, after.get());
        }
        if (!leads(link, before.get())) {
            return false;
        }
        if (after.isEmpty()) {
            step("remove a link", link, () -> operations.delete(link));
            return true;
        }
        Path temporary = TemporaryFile.beside(link);
        try {
            make(temporary, after.get());
            step("change a link", link, () -> operations.move(temporary, link));
            return true;
        } finally {
            TemporaryFile.discard(temporary, operations);
        }
    }

    private boolean make(Path link, String target) throws KeystoreException {
        try {
            operations.linkSymbolically(link, Path.of(target));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw FileTrouble.with("make a link", link, e);
        }
    }

    private static boolean leads(Path link, String target) throws KeystoreException {
        try {
            return Files.isSymbolicLink(link)
                    && Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException e) {
            throw FileTrouble.with("follow a link", link, e);
        }
    }

    /** Returns when all names in it are on disk. */
    public void sync() throws KeystoreException {
        step("make the changed folder durable", folder, () -> operations.syncFolder(folder));
    }

    /** Removes what a run that was cut short has left. Only under the lock, since a run that goes on needs its own. */
    public void removeLeftovers() throws KeystoreException {
        if (Files.isDirectory(folder)) {
            TemporaryFile.removeLeftovers(folder, operations);
        }
    }
}
