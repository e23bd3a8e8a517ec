package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import no.sertsynk.keystore.KeystoreException;

/** Tells by what the file system knows of a file whether it is still the same, without reading it. */
public final class Stamps {
    private static final String ABSENT = "absent";

    private Stamps() {}

    /** Of the file behind a path, or of a folder with all that lies in it (but not deeper). */
    public static String of(Path path) throws KeystoreException {
        Path file = LinkedFile.behind(path);
        try {
            return Files.isDirectory(file) ? ofFolder(file) : ofFile(file);
        } catch (NoSuchFileException e) {
            return ABSENT;
        } catch (IOException e) {
            throw FileTrouble.with("look at the keystore", file, e);
        }
    }

    /** The inode tells of a file that was replaced, its change time also of one that was written to. */
    private static String ofFile(Path file) throws IOException {
        Map<String, Object> found =
                Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        return found.get("dev") + " " + found.get("ino") + " " + found.get("size") + " "
                + nanoseconds(found, "lastModifiedTime") + " " + nanoseconds(found, "ctime");
    }

    private static String ofFolder(Path folder) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                files.put(file.getFileName().toString(), ofFile(file));
            }
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        MessageDigest digest = sha256();
        files.forEach((name, stamp) -> digest.update((name + '\0' + stamp + '\0').getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long nanoseconds(Map<String, Object> attributes, String name) {
        FileTime time = (FileTime) Objects.requireNonNull(attributes.get(name), name);
        return time.to(TimeUnit.NANOSECONDS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
