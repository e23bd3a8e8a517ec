package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file's owner, group and mode. */
public record Ownership(int uid, int gid, Set<PosixFilePermission> mode) {
    private static final Set<PosixFilePermission> NEW_KEYSTORE = PosixFilePermissions.fromString("rw-r-----");

    /** That of an existing file. */
    static Ownership of(Path file) throws IOException {
        return new Ownership(id(file, "unix:uid"), id(file, "unix:gid"), Files.getPosixFilePermissions(file));
    }

    /** That of a new keystore in the folder: the folder's owner and group if we are root, else our own. */
    static Ownership ofNewIn(Path folder, Path made) throws IOException {
        boolean root = id(made, "unix:uid") == 0;
        Path like = root ? folder : made;
        return new Ownership(id(like, "unix:uid"), id(like, "unix:gid"), NEW_KEYSTORE);
    }

    void applyTo(Path file) throws IOException {
        if (id(file, "unix:uid") != uid) {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
        if (id(file, "unix:gid") != gid) {
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(file, mode);
    }

    private static int id(Path file, String attribute) throws IOException {
        return (Integer) Files.getAttribute(file, attribute);
    }
}
