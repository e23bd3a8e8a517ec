package no.sertsynk.keystore.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import no.sertsynk.keystore.KeystoreException;

/** Puts into words what went wrong with a file, and what to do. */
final class FileTrouble {
    private FileTrouble() {}

    /** One attempt, such as "write the new file". */
    interface Step {
        void run() throws IOException;
    }

    /** Makes the attempt; its failure is told in words. */
    static void step(String attempt, Path about, Step step) throws KeystoreException {
        try {
            step.run();
        } catch (IOException e) {
            throw with(attempt, about, e);
        }
    }

    /** A failure of an attempt such as "write the new file". */
    static KeystoreException with(String attempt, Path file, IOException failure) {
        return new KeystoreException("could not " + attempt + ": " + cause(file, failure), failure);
    }

    private static String cause(Path file, IOException failure) {
        Path folder = Objects.requireNonNullElse(file.getParent(), file);
        if (failure instanceof AccessDeniedException) {
            return "permission denied for " + file + owner(folder) + ": run as that user or with sudo";
        }
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return file + " does not exist: create its folder";
        }
        String reason = reason(failure);
        String known = reason.toLowerCase(Locale.ROOT);
        if (known.contains("device or resource busy")) {
            return file + " is mounted as a single file, which cannot be replaced: mount its folder " + folder
                    + " instead";
        }
        if (known.contains("no space left")) {
            return "the disk with " + folder + " is full: make room";
        }
        if (known.contains("quota exceeded")) {
            return "the disk quota for " + folder + " is used up: make room";
        }
        if (known.contains("read-only file system")) {
            return folder + " is on a read-only file system: mount it writable (systemd: ReadWritePaths)";
        }
        if (known.contains("operation not permitted")) {
            return reason + " for " + file + owner(folder) + ": run as that user or with sudo (CAP_CHOWN keeps owners)";
        }
        return reason + " (" + file + ")";
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    private static String owner(Path folder) {
        try {
            return ", whose folder belongs to user " + Files.getOwner(folder).getName();
        } catch (IOException e) {
            // Only a detail of the message; the failure itself is told anyway.
            return "";
        }
    }
}
