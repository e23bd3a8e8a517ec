package no.sertsynk.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packages of a build. */
final class Packages {
    private Packages() {}

    /** The one package of that folder whose name ends so. */
    static Path of(Path target, String end) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().endsWith(end))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException("expected one package *" + end + " in " + target + " (mvn -Ppackage"
                        + " clean verify makes it), found " + found);
            }
            return found.getFirst();
        }
    }
}
