package no.sertsynk.validation.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may own the files that say whom to trust. Nobody else may be able to change them: whoever can decides what is
 * installed.
 *
 * @param uids numbers of users, because those of a container may have no names here
 */
public record TrustedOwners(Set<Integer> uids) {
    private static final int MAX_LINKS = 40;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final int PERMISSIONS = 0777;

    public TrustedOwners {
        uids = Set.copyOf(uids);
    }

    /**
     * How somebody else could change what lies at the path, and what to do about it; empty if nobody can. Looks at the
     * file or folder itself, at every folder above it, and at both ends of symbolic links.
     *
     * @throws IOException if the path or a link's target is not there or cannot be looked at
     */
    public Optional<String> objection(Path path) throws IOException {
        Path link = path.toAbsolutePath();
        for (int i = 0; i < MAX_LINKS && Files.isSymbolicLink(link); i++) {
            Optional<String> owner = owner(link, LinkOption.NOFOLLOW_LINKS);
            Optional<String> objection = owner.isPresent() ? owner : above(link);
            if (objection.isPresent()) {
                return objection;
            }
            link = link.resolveSibling(Files.readSymbolicLink(link));
        }
        Path real = path.toRealPath();
        Optional<String> objection = here(real);
        return objection.isPresent() ? objection : above(real);
    }

    /** As {@link #objection}, for something in a folder that has been looked at: the folders above are passed over. */
    Optional<String> objectionInside(Path file) throws IOException {
        return Files.isSymbolicLink(file) ? objection(file) : here(file);
    }

    private Optional<String> here(Path path) throws IOException {
        Optional<String> owner = owner(path);
        return owner.isPresent() ? owner : mode(path, false);
    }

    /** In a sticky folder (such as /tmp) nobody can rename what belongs to another. */
    private Optional<String> above(Path path) throws IOException {
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            Optional<String> owner = owner(folder);
            Optional<String> objection = owner.isPresent() ? owner : mode(folder, true);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> owner(Path path, LinkOption... options) throws IOException {
        int uid = (Integer) Files.getAttribute(path, "unix:uid", options);
        if (uids.contains(uid)) {
            return Optional.empty();
        }
        return Optional.of("expected " + path + " to belong to root, to this user or to the owner of the state folder,"
                + " found that it belongs to user "
                + Files.getOwner(path, options).getName()
                + ", who could then decide whom to trust; look at what is in it, then: chown root " + path);
    }

    private static Optional<String> mode(Path path, boolean stickyIsEnough) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        if ((mode & WRITABLE_BY_OTHERS) == 0 || (stickyIsEnough && (mode & STICKY) != 0)) {
            return Optional.empty();
        }
        return Optional.of("expected that its owner alone can write to " + path + ", found mode "
                + Integer.toOctalString(mode & PERMISSIONS) + " ("
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                + "): others could decide whom to trust; look at what is in it, then: chmod go-w " + path);
    }
}
