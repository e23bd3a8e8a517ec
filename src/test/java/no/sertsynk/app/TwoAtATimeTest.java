package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one state folder, and root beside another user. */
class TwoAtATimeTest {
    private static final int SOMEBODY = 4711;
    private static final int NEVER = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private UpdateWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new UpdateWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void secondRunBesideAProcessThatWorks_isRefusedAndChangesNothing() throws Exception {
        Files.writeString(
                folder.resolve("hook"),
                "#!/bin/sh\ntouch " + folder + "/working\nwhile [ ! -e " + folder + "/go ]; do sleep 0.05; done\n");
        Process first = DyingSync.start(world.configuration(), NEVER);
        try {
            expectFile(folder.resolve("working"), first);
            byte[] before = Files.readAllBytes(folder.resolve("dit.p12"));

            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(world::sync)
                    .withMessageContaining("another run (process " + first.pid() + ") is working on this state folder");

            assertThat(Files.readAllBytes(folder.resolve("dit.p12"))).isEqualTo(before);
        } finally {
            Files.createFile(folder.resolve("go"));
            assertThat(first.waitFor()).isZero();
        }
        assertThat(world.sync().keystores().getFirst().changed()).isFalse();
    }

    private static void expectFile(Path file, Process process) {
        Instant deadline = Instant.now().plusSeconds(120);
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).isTrue();
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void rootInTheFolderOfAnother_leavesEverythingToThatUser() throws Exception {
        assumeTrue(
                Files.getAttribute(folder, "unix:uid").equals(0),
                "skipped: only root can work in another user's folder");
        UpdateWorld.delete(folder.resolve("state"));
        Files.createDirectory(folder.resolve("state"));
        Files.delete(folder.resolve("dit.p12"));
        Files.delete(folder.resolve("dit.p12.lock"));
        for (Path path : List.of(folder, folder.resolve("state"))) {
            Files.setAttribute(path, "unix:uid", SOMEBODY);
            Files.setAttribute(path, "unix:gid", SOMEBODY);
        }

        world.sync();
        world.register(world.before);
        world.sync();

        List<Path> made;
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            made = Stream.concat(all, Stream.of(folder.resolve("dit.p12"), folder.resolve("dit.p12.lock")))
                    .toList();
        }
        assertThat(made)
                .extracting(path -> folder.relativize(path).toString())
                .contains("state/state.db", "state/state.key", "state/run.lock", "state/generations/dit/1.p12");
        assertThat(made).allSatisfy(path -> {
            assertThat(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(SOMEBODY);
            assertThat(Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(SOMEBODY);
        });
        expectReadable(made);
    }

    private static void expectReadable(List<Path> made) throws Exception {
        for (Path path : made) {
            Process process = new ProcessBuilder(
                            "setpriv",
                            "--reuid=" + SOMEBODY,
                            "--regid=" + SOMEBODY,
                            "--clear-groups",
                            "test",
                            "-r",
                            path.toString(),
                            "-a",
                            "-w",
                            path.toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).as(path.toString()).isZero();
        }
    }

    @Test
    void journalOfRootInTheFolderOfAnother_belongsToThatUser() throws Exception {
        assumeTrue(
                Files.getAttribute(folder, "unix:uid").equals(0),
                "skipped: only root can work in another user's folder");
        Path database = folder.resolve("state/state.db");
        Files.setAttribute(database, "unix:uid", SOMEBODY);
        Files.setAttribute(database, "unix:gid", SOMEBODY);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE party SET name = 'torn'");

            Path journal = folder.resolve("state/state.db-journal");

            assertThat(Files.getAttribute(journal, "unix:uid")).isEqualTo(SOMEBODY);
            connection.rollback();
        }
    }
}
