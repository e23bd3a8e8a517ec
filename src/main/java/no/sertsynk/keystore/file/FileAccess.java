package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what with a file: the numbers of owner and group, and the mode's twelve bits. Numbers, because the names of a
 * container's users may be unknown here.
 *
 * @param list the extended access control list that goes beyond the mode; empty if there is none
 */
public record FileAccess(int owner, int group, int mode, Optional<ByteBuffer> list) {
    private static final int MODE_BITS = 07777;
    private static final int ROOT = 0;

    /** Of the file itself; follows no link. */
    public static FileAccess of(Path file) throws IOException {
        return new FileAccess(
                number(file, "unix:uid"),
                number(file, "unix:gid"),
                number(file, "unix:mode") & MODE_BITS,
                AccessList.of(file));
    }

    private static int number(Path file, String attribute) throws IOException {
        return (int) Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * What a file or folder that root has just created in this folder should get: an owner and a group that the folder's
     * owner can work with. For anybody else the system has chosen already, as it has an access control list if the folder
     * has one for what is new in it.
     */
    static FileAccess created(Path file, Path folder, int mode) throws IOException {
        FileAccess own = of(file);
        FileAccess around = own.owner() == ROOT ? of(folder) : own;
        return new FileAccess(around.owner(), around.group(), mode, own.list());
    }

    /**
     * Sets what differs: owner and group first, since changing them may clear bits of the mode, and the mode last, since
     * the list holds some of its bits too.
     */
    void applyTo(Path file) throws IOException {
        FileAccess found = of(file);
        if (found.group() != group) {
            Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        }
        if (found.owner() != owner) {
            Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
        if (!found.list().equals(list)) {
            AccessList.set(file, list);
        }
        Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
}
