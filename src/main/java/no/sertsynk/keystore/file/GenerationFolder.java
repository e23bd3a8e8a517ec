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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.keystore.KeystoreException;

/**
 * The folder in which one keystore's replaced files are kept, each under its number. They are copies and not links: a link
 * to the file in use would follow a program that writes into it, and state and keystore may lie on different file systems.
 */
public final class GenerationFolder {
    private static final int FOLDER_MODE = 0750;
    private static final Pattern NAME = Pattern.compile("(0|[1-9]\\d{0,8})\\.([a-z0-9]{1,8})");

    private final Path folder;
    private final int kept;
    private final FileOperations operations;

    /** @param kept the newest so many stay */
    public GenerationFolder(Path folder, int kept, FileOperations operations) {
        this.folder = folder;
        this.kept = kept;
        this.operations = operations;
    }

    /** One kept file. */
    public record Kept(int number, Path file, Instant keptAt) {}

    /** What is kept, highest number first; empty if there is no folder. */
    public List<Kept> list() throws KeystoreException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Instant keptAt = Files.getLastModifiedTime(file).toInstant();
                    found.add(new Kept(Integer.parseInt(name.group(1)), file, keptAt));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw FileTrouble.with("list the kept generations", folder, e);
        } catch (DirectoryIteratorException e) {
            throw FileTrouble.with("list the kept generations", folder, Objects.requireNonNull(e.getCause()));
        }
        found.sort(Comparator.comparingInt(Kept::number).reversed());
        return List.copyOf(found);
    }

    /** The one of that number, if it is kept. */
    public Optional<Path> find(int number) throws KeystoreException {
        return list().stream()
                .filter(each -> each.number() == number)
                .map(Kept::file)
                .findFirst();
    }

    /**
     * Keeps a file's content, readable for whoever may read the file, in place of an earlier one of that number. The oldest
     * go when there are too many.
     *
     * @param name the number, and behind a point what tells the format
     * @param access of the file whose content it is
     */
    public void keep(String name, byte[] content, FileAccess access) throws KeystoreException {
        if (kept == 0) {
            return;
        }
        create();
        TemporaryFile.removeLeftovers(folder, operations);
        Path file = folder.resolve(name);
        Path temporary = TemporaryFile.beside(file);
        try {
            step("create a file for the generation", temporary, () -> operations.create(temporary));
            step("write the generation", temporary, () -> operations.write(temporary, content));
            step("give the generation the keystore's owner, group and mode", temporary, () -> {
                operations.setAccess(temporary, access);
                operations.sync(temporary);
            });
            step("keep the generation", file, () -> operations.move(temporary, file));
        } finally {
            TemporaryFile.discard(temporary, operations);
        }
        prune(file);
        step("make the generation durable", folder, () -> operations.syncFolder(folder));
    }

    /** Takes away all but the newest so many, and one of another format that has the number of this one. */
    private void prune(Path newest) throws KeystoreException {
        Set<Integer> seen = new HashSet<>();
        seen.add(number(newest));
        for (Kept each : list()) {
            boolean stays = each.file().equals(newest) || seen.size() < kept && seen.add(each.number());
            if (!stays) {
                step("remove an old generation", each.file(), () -> operations.delete(each.file()));
            }
        }
    }

    private void create() throws KeystoreException {
        List<Path> missing = new ArrayList<>();
        for (Path each = folder; each != null && !Files.isDirectory(each); each = each.getParent()) {
            missing.addFirst(each);
        }
        for (Path each : missing) {
            step("create the folder for generations", each, () -> {
                try {
                    operations.createFolder(each);
                } catch (FileAlreadyExistsException e) {
                    // Keystores are written side by side, and another one made the folder that they share just now.
                    if (Files.isDirectory(each)) {
                        return;
                    }
                    throw e;
                }
                Path parent = Objects.requireNonNull(each.getParent());
                operations.setAccess(each, FileAccess.created(each, parent, FOLDER_MODE));
                operations.syncFolder(parent);
            });
        }
    }

    private static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('.')));
    }
}
