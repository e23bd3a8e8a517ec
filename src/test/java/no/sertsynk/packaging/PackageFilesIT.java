package no.sertsynk.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import no.sertsynk.OtherProgram;
import no.sertsynk.OtherProgram.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages as files. */
class PackageFilesIT {
    private static final Path TARGET = Path.of("target");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void lintian_findsNoFault() throws Exception {
        Answer answer = OtherProgram.run(
                Duration.ofMinutes(5),
                Map.of(),
                "lintian",
                "--allow-root",
                "--fail-on",
                "error,warning",
                Packages.of(TARGET, ".deb").toString());

        assertThat(answer).isEqualTo(new Answer("", 0));
    }

    @Test
    void archive_isAProgramThatNeedsNothingElse() throws Exception {
        Answer unpacked = OtherProgram.run(
                Duration.ofMinutes(1),
                Map.of(),
                "tar",
                "-xzf",
                Packages.of(TARGET, ".tar.gz").toAbsolutePath().toString(),
                "--strip-components=1",
                "-C",
                folder.toString());
        assertThat(unpacked).isEqualTo(new Answer("", 0));

        Answer demo = OtherProgram.run(
                Duration.ofMinutes(2),
                Map.of(),
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                folder.resolve("bin/sertsynk").toString(),
                "demo");
        assertThat(demo.code()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("keystore dit: ");
        assertThat(folder.resolve("systemd/sertsynk.service")).exists();
        assertThat(folder.resolve("share/man/man1/sertsynk.1")).exists();
    }
}
