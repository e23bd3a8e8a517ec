package no.sertsynk.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import no.sertsynk.OtherProgram;
import no.sertsynk.OtherProgram.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another build of the same sources, in another place, makes the same packages. The AOT caches are in none of them. */
class ReproducibleIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void twoBuilds_giveTheSameBytes() throws Exception {
        Path project = Files.createDirectories(folder.resolve("another place"));
        for (String part : new String[] {"pom.xml", "src", "config", "systemd"}) {
            copy(Path.of(part), project.resolve(part));
        }
        Answer built = OtherProgram.run(
                Duration.ofMinutes(15),
                Map.of("JAVA_HOME", ""),
                "mvn",
                "-o",
                "-q",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Ppackage",
                "-Dquick",
                "-Dmaven.test.skip=true",
                "-Daot.parties=1",
                "integration-test");
        assertThat(built.code()).as(built.output()).isZero();

        for (String end : new String[] {".tar.gz", ".deb"}) {
            Path first = Packages.of(Path.of("target"), end);
            Path second = Packages.of(project.resolve("target"), end);
            assertThat(Files.mismatch(first, second))
                    .as("the first byte in which " + first + " differs between two builds")
                    .isEqualTo(-1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = from.equals(file) ? to : to.resolve(from.relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
