package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.keystore.file.FileAccess;

/** The way to a file through the folders above it. */
final class Way {
    private Way() {}

    /**
     * What keeps a user from a file.
     *
     * @param place the file, or the folder above it that the user may not enter
     * @param access owner, group and mode of that place, for people
     */
    record Obstacle(Path place, boolean isAbove, String access) {}

    /**
     * The first obstacle; empty if there is none.
     *
     * @throws IOException if there is nothing at the path, or this process may not look
     */
    static Optional<Obstacle> obstacle(Account who, Path path, Wish wish) throws IOException {
        Path real = path.toRealPath();
        Path place = real.getRoot();
        for (Path name : real) {
            if (!Rights.allows(FileAccess.of(place), who, Wish.ENTER)) {
                return Optional.of(new Obstacle(place, true, access(place)));
            }
            place = place.resolve(name);
        }
        return Rights.allows(FileAccess.of(real), who, wish)
                ? Optional.empty()
                : Optional.of(new Obstacle(real, false, access(real)));
    }

    /** Such as {@code sertsynk:epj rw-r-----}. */
    static String access(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return attributes.owner().getName() + ":" + attributes.group().getName() + " "
                + PosixFilePermissions.toString(attributes.permissions())
                + (FileAccess.of(path.toRealPath()).list().isPresent() ? "+" : "");
    }

    /** The path itself, or the nearest folder above it that is there. */
    static Path existing(Path path) {
        Path found = path.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
