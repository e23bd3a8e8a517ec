package no.sertsynk.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void runtime_hasTheModulesThatTheProgramUses() throws Exception {
        Path app = Packages.of(TARGET.resolve("package"), "sertsynk-" + version());
        String release = Files.readString(app.resolve("runtime/release"));
        Matcher modules = Pattern.compile("MODULES=\"([^\"]*)\"").matcher(release);
        assertThat(modules.find()).isTrue();
        Answer used = OtherProgram.run(
                Duration.ofMinutes(2),
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin/jdeps").toString(),
                "--multi-release",
                "25",
                "--ignore-missing-deps",
                "--print-module-deps",
                "-cp",
                app.resolve("lib") + "/*",
                Packages.of(app.resolve("lib"), "sertsynk-" + version() + ".jar")
                        .toString());
        assertThat(used.code()).as(used.output()).isZero();

        assertThat(modules.group(1).split(" ")).contains(used.output().strip().split(","));
    }

    private static String version() throws Exception {
        String archive = Packages.of(TARGET, ".tar.gz").getFileName().toString();
        return archive.replaceFirst("^sertsynk-(.*)-linux-.*$", "$1");
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
