package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import no.sertsynk.keystore.KeystoreException;

/** Names that are clearly sertsynk's own, for files on their way to their names: {@code NAME.sertsynk-RANDOM.tmp}. */
final class TemporaryFile {
    private static final int RANDOM_BYTES = 8;
    private static final String START = ".sertsynk-";
    private static final String END = ".tmp";
    private static final String RANDOM = "[0-9a-f]{" + 2 * RANDOM_BYTES + "}";

    private TemporaryFile() {}

    static Path beside(Path file) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return file.resolveSibling(file.getFileName() + START + HexFormat.of().formatHex(random) + END);
    }

    /** Removes it, if it still has that name. */
    static void discard(Path temporary, FileOperations operations) {
        try {
            operations.delete(temporary);
        } catch (IOException e) {
            // It is clearly ours, so that whoever opens the keystore next removes it.
        }
    }

    /** Removes what a run that was cut short has left of a file. Only under the lock, since a run that goes on needs its own. */
    static void removeLeftoversOf(Path file, FileOperations operations) throws KeystoreException {
        Path folder = Objects.requireNonNull(file.getParent());
        remove(
                folder,
                Pattern.compile(Pattern.quote(file.getFileName() + START) + RANDOM + Pattern.quote(END)),
                operations);
    }

    /** The same of all files in a folder. */
    static void removeLeftovers(Path folder, FileOperations operations) throws KeystoreException {
        remove(folder, Pattern.compile(".+" + Pattern.quote(START) + RANDOM + Pattern.quote(END)), operations);
    }

    private static void remove(Path folder, Pattern name, FileOperations operations) throws KeystoreException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (name.matcher(file.getFileName().toString()).matches() && isOurs(file)) {
                    operations.delete(file);
                }
            }
        } catch (IOException e) {
            throw FileTrouble.with("remove an earlier run's temporary files", folder, e);
        } catch (DirectoryIteratorException e) {
            throw FileTrouble.with(
                    "remove an earlier run's temporary files", folder, Objects.requireNonNull(e.getCause()));
        }
    }

    private static boolean isOurs(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file);
    }
}
