package no.sertsynk.state;

import static no.sertsynk.state.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import no.sertsynk.model.HerId;
import no.sertsynk.state.StateException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file may be when it is opened, and who else may have it open. */
class DatabaseFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state.db");
    }

    @Test
    void newerSchema_isRefused_andUntouched() throws Exception {
        open().close();
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);

        assertRefused(Kind.OTHER_VERSION, "version 99");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void emptyFile_becomesAState_andIsNoneForReaders() throws Exception {
        Files.createFile(file);

        assertThat(SqliteState.openReadOnly(folder)).isEmpty();
        open().close();

        assertThat(SqliteState.openReadOnly(folder)).isPresent().get().satisfies(SqliteState::close);
    }

    @Test
    void olderSchema_isBroughtUpToDate_butNotByReaders() throws Exception {
        sql("PRAGMA page_size = 4096", "CREATE TABLE t (x)", "DROP TABLE t");

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> SqliteState.openReadOnly(folder))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OTHER_VERSION));
        open().close();

        try (SqliteState state = SqliteState.openReadOnly(folder).orElseThrow()) {
            assertThat(state.recall().parties()).isEmpty();
        }
    }

    @Test
    void anotherProgramsDatabase_isRefused() throws Exception {
        sql("CREATE TABLE cookies (name TEXT)");

        assertRefused(Kind.DAMAGED, "another program's");
    }

    @Test
    void fileThatIsNoDatabase_isRefused_andUntouched() throws Exception {
        Files.writeString(file, "this is a shopping list, not a database\n".repeat(100));

        assertRefused(Kind.DAMAGED, "move it away");
        assertThat(file).content().startsWith("this is a shopping list");
    }

    @Test
    void truncatedDatabase_isRefusedWhenItIsRead() throws Exception {
        try (SqliteState state = open()) {
            state.record(run(1), List.of(Reports.memory(1), Reports.memory(2)));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / 4096 * 4096);
        }

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> {
                    try (SqliteState state = open()) {
                        state.recall();
                        state.status();
                    }
                })
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
    }

    @Test
    void valueThatNoTypeTakes_isDamage() throws Exception {
        try (SqliteState state = open()) {
            state.record(run(1), List.of(Reports.memory(1)));
        }
        sql("UPDATE communication_party SET organizations = 'many'");

        try (SqliteState state = open()) {
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(state::recall)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                    .withMessageContaining("many");
        }
    }

    @Test
    void folderInItsPlace_isRefused() throws Exception {
        Files.createDirectory(file);

        assertRefused(Kind.DAMAGED, "plain file");
    }

    @Test
    void symbolicLinkInItsPlace_isNotFollowed() throws Exception {
        Path elsewhere = Files.createFile(folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);

        assertRefused(Kind.DAMAGED, "plain file");
        assertThat(elsewhere).isEmptyFile();
    }

    @Test
    void twoOpeners_seeEachOthersWrites() {
        try (SqliteState one = open();
                SqliteState two = open()) {
            one.record(run(1), List.of(Reports.memory(1)));
            two.record(run(2), List.of(Reports.memory(2)));

            assertThat(one.recall()).isEqualTo(two.recall());
            assertThat(one.recall().parties()).containsOnlyKeys(new HerId(1), new HerId(2));
        }
    }

    @Test
    void firstOpeningByManyAtOnce_makesOneState() {
        List<CompletableFuture<Void>> openings = java.util.stream.IntStream.range(1, 5)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (SqliteState state = open()) {
                        state.record(run(i), List.of(Reports.memory(i)));
                    }
                }))
                .toList();
        openings.forEach(CompletableFuture::join);

        try (SqliteState state = open()) {
            assertThat(state.recall().parties()).hasSize(4);
        }
    }

    @Test
    void readerDuringAWrite_seesTheStateBeforeIt() throws Exception {
        try (SqliteState state = open()) {
            state.record(run(1), List.of(Reports.memory(1)));
        }
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        try (Database database = Database.openReadWrite(file)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> database.write(connection -> {
                PartyMemories.write(connection, List.of(Reports.memory(2)));
                written.countDown();
                await(read);
            }));
            written.await();

            try (SqliteState reader = SqliteState.openReadOnly(folder).orElseThrow()) {
                assertThat(reader.recall().parties()).containsOnlyKeys(new HerId(1));
                read.countDown();
                writer.join();
                assertThat(reader.recall().parties()).containsOnlyKeys(new HerId(1), new HerId(2));
            }
        }
    }

    @Test
    void deathInTheMiddleOfAWrite_isUndoneByTheNextOpening() throws Exception {
        Path dead = Files.createDirectory(folder.resolve("dead"));
        try (SqliteState state = open()) {
            state.record(run(1), List.of(Reports.memory(1)));
        }
        HotJournal.copy(file, dead);

        try (SqliteState state = SqliteState.open(dead)) {
            assertThat(state.recall().parties()).containsOnlyKeys(new HerId(1));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private SqliteState open() {
        return SqliteState.open(folder);
    }

    private void assertRefused(Kind kind, String message) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> open().close())
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> SqliteState.openReadOnly(folder))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Makes what a process leaves that dies while it writes: some new pages in the file, the old ones in the journal. */
    static final class HotJournal {
        private HotJournal() {}

        static void copy(Path file, Path target) throws SQLException, IOException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA cache_size = 1");
                statement.execute("PRAGMA cache_spill = 1");
                connection.setAutoCommit(false);
                statement.execute("UPDATE communication_party SET name = 'torn'");
                for (int i = 100; i < 400; i++) {
                    statement.execute("INSERT INTO communication_party VALUES (" + i + ", 'torn', '', '"
                            + "x".repeat(500) + "', NULL, '', '')");
                }
                for (String name : List.of("state.db", "state.db-journal")) {
                    Files.copy(
                            file.resolveSibling(name), target.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                }
                connection.rollback();
            }
        }
    }
}
