package no.sertsynk.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: opened, checked and migrated. A rollback journal, not a write-ahead log: readers that may not write in
 * the folder can then read too.
 */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int VERSION = 5;
    private static final int BUSY_MILLIS = 5_000;

    private Database() {}

    static void load() {
        try {
            new SQLiteConfig().createConnection("jdbc:sqlite::memory:").close();
        } catch (SQLException e) {
            // The state's own opening will meet it again, and there it can be told whose it is.
            LOG.debug("SQLite cannot be loaded", e);
        }
    }

    static Connection open(StateFolder folder) {
        Path file = folder.database();
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
                folder.adopt(file);
            }
            SQLiteConfig config = new SQLiteConfig();
            config.setBusyTimeout(BUSY_MILLIS);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            return ready(config.createConnection(url(file)), connection -> {
                migrate(connection, file);
                connection.setAutoCommit(false);
                return connection;
            });
        } catch (SQLException | IOException e) {
            throw unusable(file, e);
        }
    }

    /** For reading alone. What an older version has written is read from a copy in memory, brought up to date. */
    static Connection openReadOnly(Path file) {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setReadOnly(true);
            config.setBusyTimeout(BUSY_MILLIS);
            return ready(config.createConnection(url(file)), connection -> {
                int version = version(connection);
                check(version, file);
                if (version == VERSION) {
                    return connection;
                }
                connection.close();
                return copy(file);
            });
        } catch (SQLException | IOException e) {
            throw unusable(file, e);
        }
    }

    /** As a URI, so that no character of the path means anything else. */
    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri();
    }

    private static Connection copy(Path file) throws SQLException, IOException {
        return ready(new SQLiteConfig().createConnection("jdbc:sqlite::memory:"), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("restore from '" + file.toString().replace("'", "''") + "'");
            }
            migrate(connection, file);
            return connection;
        });
    }

    private interface Preparation {
        Connection prepare(Connection connection) throws SQLException, IOException;
    }

    /** A connection that cannot be used is closed: it would keep its lock. */
    private static Connection ready(Connection connection, Preparation preparation) throws SQLException, IOException {
        try {
            return preparation.prepare(connection);
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static StateException unusable(Path file, Exception e) {
        return new StateException(
                "the state " + file + " cannot be used: " + e.getMessage()
                        + "; if it is damaged, move it away: certificates in the keystores are then adopted",
                e);
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void check(int version, Path file) {
        if (version > VERSION) {
            throw new StateException("the state " + file + " has version " + version
                    + ", newer than this sertsynk knows (" + VERSION + "); install the newer sertsynk");
        }
    }

    private static void migrate(Connection connection, Path file) throws SQLException, IOException {
        int version = version(connection);
        check(version, file);
        if (version == VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int next = version + 1; next <= VERSION; next++) {
                for (String sql : script(next).replaceAll("(?m)^--.*$", "").split(";")) {
                    if (!sql.isBlank()) {
                        statement.executeUpdate(sql);
                    }
                }
                statement.executeUpdate("PRAGMA user_version = " + next);
            }
        }
        connection.commit();
    }

    private static String script(int version) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream(String.format("%04d.sql", version))) {
            if (in == null) {
                throw new IllegalStateException("the migration to version " + version + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
