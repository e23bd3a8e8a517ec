package no.sertsynk.validation.fetch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which fetched things outlive the run. Files are replaced whole; what cannot be read is as if it were not
 * there, and what cannot be kept is logged and asked for again. Whoever reads must find out for itself whether the bytes
 * are those that it wrote.
 */
public final class KeptFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);

    private final Path folder;
    private final Ownership ownership;
    private final boolean writable;

    private KeptFiles(Path folder, Ownership ownership, boolean writable) {
        this.folder = folder;
        this.ownership = ownership;
        this.writable = writable;
    }

    /** Gives a file that was just made to whom it should belong. */
    @FunctionalInterface
    public interface Ownership {
        void adopt(Path file) throws IOException;
    }

    /** A folder to read and write; made when the first file is kept. */
    public static KeptFiles open(Path folder, Ownership ownership) {
        return new KeptFiles(folder, ownership, true);
    }

    /** A folder to read alone, as a dry run does. */
    public static KeptFiles readOnly(Path folder) {
        return new KeptFiles(folder, file -> {}, false);
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    /** The bytes of a file; empty if it is absent, unreadable or longer than that. */
    public Optional<byte[]> read(String name, int maxBytes) {
        Path file = path(name);
        try {
            return Files.size(file) > maxBytes ? Optional.empty() : Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many bytes a file has; 0 if it is absent. */
    public long size(String name) {
        try {
            return Files.size(path(name));
        } catch (IOException e) {
            return 0;
        }
    }

    /** The names of the files that end so, in order; none if there is no folder yet. */
    public List<String> names(String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** @return whether the bytes are in the file now */
    public boolean write(String name, byte[] bytes) {
        if (!writable) {
            return false;
        }
        Path file = path(name);
        try {
            replace(file, bytes);
            return true;
        } catch (IOException e) {
            LOG.warn("fetched_not_kept file={} found={}", file, e.toString());
            return false;
        }
    }

    private void create() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            ownership.adopt(folder);
        } catch (FileAlreadyExistsException e) {
            // Several are fetched at once, and another one made it just now.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        create();
        // One run writes at a time, so the name is free but for what a run left that was cut off.
        Path made = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        try {
            Files.write(made, bytes);
            ownership.adopt(made);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Leaves so many of the files that end so, the last written ones. */
    public void leave(int most, String ending) {
        List<String> names = names(ending);
        if (!writable || names.size() <= most) {
            return;
        }
        try {
            List<Dated> dated = new ArrayList<>();
            for (String name : names) {
                dated.add(new Dated(path(name), Files.getLastModifiedTime(path(name))));
            }
            dated.sort(Comparator.comparing(Dated::at).thenComparing(Dated::file));
            for (Dated oldest : dated.subList(0, dated.size() - most)) {
                Files.deleteIfExists(oldest.file());
            }
        } catch (IOException e) {
            LOG.warn("fetched_not_cleared folder={} found={}", folder, e.toString());
        }
    }

    private record Dated(Path file, FileTime at) {}
}
