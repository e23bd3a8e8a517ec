package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists files with owner, group, mode, size and time, as {@code ls -l} does; never what is in them. */
public final class Listing {
    private static final int MOST_LINES = 2000;

    private Listing() {}

    /** The paths and the folders above them, and of folders what is directly in them. */
    public static String of(Collection<Path> paths) {
        Set<Path> all = new LinkedHashSet<>();
        for (Path path : paths) {
            List<Path> above = new ArrayList<>();
            for (Path folder = path.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
                above.addFirst(folder);
            }
            all.addAll(above);
            if (Files.isDirectory(path)) {
                try (Stream<Path> children = Files.list(path)) {
                    children.limit(MOST_LINES).sorted().forEach(all::add);
                } catch (IOException e) {
                    // The line of the folder itself tells why.
                    continue;
                }
            }
        }
        StringBuilder text = new StringBuilder();
        all.stream().limit(MOST_LINES).forEach(path -> text.append(line(path)).append('\n'));
        return text.toString();
    }

    private static String line(Path path) {
        try {
            String link = Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : "";
            return Way.access(path) + " " + Files.size(path) + " "
                    + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS) + " " + path + link;
        } catch (IOException e) {
            return "? " + path + " (" + e.getClass().getSimpleName() + ")";
        }
    }
}
