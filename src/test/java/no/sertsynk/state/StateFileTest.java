package no.sertsynk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the state keeps over versions, and where it lies. */
class StateFileTest {
    private static final int SOMEBODY = 4711;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state.db");
    }

    private SqliteState open() {
        return SqliteState.open(StateFolder.create(folder), "kari");
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void firstSchema_keepsItsEntriesAndItsHistory() throws Exception {
        try (InputStream script = Database.class.getResourceAsStream("0001.sql")) {
            String text = new String(java.util.Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            sql(text.replaceAll("(?m)^--.*$", "").split(";\\s*"));
        }
        sql(
                "INSERT INTO keystore (name, path, generation) VALUES ('dit', '/srv/dit.p12', 3)",
                "INSERT INTO entry VALUES ('dit', 'her-1-encryption', '" + "0".repeat(64)
                        + "', 1, 'ENCRYPTION', 'CURRENT', 1000)",
                "INSERT INTO change (at, run_id, keystore, action, alias, her_id, purpose, sha256, subject, reason)"
                        + " VALUES (1000, 'r', 'dit', 'ADD', 'her-1-encryption', 1, 'ENCRYPTION', '" + "0".repeat(64)
                        + "', 'CN=a', 'because')",
                "PRAGMA user_version = 1");

        try (SqliteState state = open()) {
            assertThat(state.recall().keystore("dit").generation()).isEqualTo(3);
            assertThat(state.recall().keystore("dit").entries()).hasSize(1);
            assertThat(state.entriesOf("dit", 3)).hasSize(1);
        }
        try (SqliteStatus status = SqliteStatus.open(folder).orElseThrow()) {
            assertThat(status.history(Optional.of(new HerId(1)), 10))
                    .singleElement()
                    .satisfies(row -> assertThat(row.reason()).isEqualTo("because"));
        }
    }

    @Test
    void storedCertificateThatIsAnother_isDamage() throws Exception {
        var certificate = Reports.certificate();
        try (SqliteState state = open()) {
            state.record(
                    Reports.run(1, Reports.party(1, Reports.row(certificate, Role.CURRENT, Action.ADD))),
                    List.of(Reports.memory(1)),
                    true);
        }
        sql("UPDATE certificate SET sha256 = '" + "0".repeat(64) + "'");

        try (SqliteState state = open()) {
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(() -> state.certificate(new no.sertsynk.model.Sha256("0".repeat(64))))
                    .withMessageContaining("the state is damaged");
        }
    }

    @Test
    void oddFolderNames_areOnlyNames() {
        Path odd = folder.resolve("a?mode=memory&b%20c #dæ/below");
        try (SqliteState state = SqliteState.open(StateFolder.create(odd), "kari")) {
            state.record(Reports.run(1, Reports.party(1)), List.of(Reports.memory(1)), true);
        }
        assertThat(odd.resolve("state.db")).isNotEmptyFile();
    }

    @Test
    void foldersThatRootMakesBelowThoseOfAnother_belongToThatUser() throws Exception {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "skipped: only root can give files away");
        Files.setAttribute(folder, "unix:uid", SOMEBODY);
        Files.setAttribute(folder, "unix:gid", SOMEBODY);
        Path deep = folder.resolve("a/b");

        SqliteState.open(StateFolder.create(deep), "kari").close();

        for (Path path : List.of(folder.resolve("a"), deep, deep.resolve("state.db"), deep.resolve("state.key"))) {
            assertThat(Files.getAttribute(path, "unix:uid")).as(path.toString()).isEqualTo(SOMEBODY);
        }
    }
}
