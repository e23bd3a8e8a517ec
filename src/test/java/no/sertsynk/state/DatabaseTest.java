package no.sertsynk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are opened, and what becomes of those of other versions. */
class DatabaseTest {
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

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(this::open)
                .withMessageContaining("version 99")
                .withMessageContaining("newer");
        assertThatExceptionOfType(StateException.class).isThrownBy(() -> Database.openReadOnly(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void olderSchema_isReadFromACopy_andUntouched() throws Exception {
        firstVersion();
        byte[] before = Files.readAllBytes(file);

        try (Connection connection = Database.openReadOnly(file)) {
            assertThat(Sql.query(connection, "SELECT name FROM party", row -> row.getString(1)))
                    .containsExactly("Solbakken");
            assertThat(Sql.query(connection, "SELECT sha256 FROM kept_verdict", row -> row.getString(1)))
                    .isEmpty();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void olderSchema_isMigratedByWriters() throws Exception {
        firstVersion();

        open().close();

        try (Connection connection = Database.openReadOnly(file)) {
            assertThat(Sql.query(connection, "SELECT name FROM party", row -> row.getString(1)))
                    .containsExactly("Solbakken");
        }
    }

    @Test
    void migrationThatFails_changesNothing_andLeavesNoLock() throws Exception {
        firstVersion();
        sql("CREATE TABLE kept_verdict (x)");

        assertThatExceptionOfType(StateException.class).isThrownBy(this::open).withMessageContaining("cannot be used");

        sql("DROP TABLE kept_verdict");
        open().close();
    }

    @Test
    void somethingElse_isToldAsSuch_andUntouched() throws Exception {
        Files.writeString(file, "no database at all, but long enough to look at ".repeat(30));
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(StateException.class).isThrownBy(this::open).withMessageContaining("move it away");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private Connection open() {
        return Database.open(StateFolder.create(folder));
    }

    /** A state as the first version of the schema had it. */
    private void firstVersion() throws Exception {
        try (InputStream script = Objects.requireNonNull(Database.class.getResourceAsStream("0001.sql"))) {
            for (String statement : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";", -1)) {
                if (!statement.isBlank()) {
                    sql(statement);
                }
            }
        }
        sql("INSERT INTO party (her_id, name) VALUES (1, 'Solbakken')");
        sql("PRAGMA user_version = 1");
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
