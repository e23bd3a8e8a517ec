package no.sertsynk.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Lines of history that are about a keystore as a whole. Within the caller's transaction. */
final class History {
    private final Connection connection;
    private final String actor;

    History(Connection connection, String actor) {
        this.connection = connection;
        this.actor = actor;
    }

    /** Adds a line; of no generation, so that no hook is told of it. */
    void add(Instant at, String runId, String keystore, String what, String reason, String output) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO history (at, run_id, actor, keystore, generation, action, reason, output) VALUES"
                        + " (?,?,?,?,0,?,?,?)",
                at,
                runId,
                actor,
                keystore,
                what,
                reason,
                output);
    }
}
