package no.sertsynk.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Claim;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Hold;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Seal;

/** What is ours in which keystore, in which generation, and what a run is about to do there. Within the caller's transaction. */
final class KeystoreRecords {
    private static final String COLUMNS = "keystore, alias, sha256, her_id, purpose, role, installed_at";

    /** More generations than a configuration can keep. */
    private static final int REMEMBERED_GENERATIONS = 1_000;

    private final Connection connection;

    KeystoreRecords(Connection connection) {
        this.connection = connection;
    }

    Map<String, KeystoreMemory> memories() throws SQLException {
        Map<String, KeystoreMemory> memories = new HashMap<>();
        for (Stored stored : Sql.query(connection, "SELECT * FROM keystore", KeystoreRecords::stored)) {
            boolean complete = stored.seal().isPresent() && isComplete(stored.name());
            memories.put(
                    stored.name(),
                    new KeystoreMemory(
                            stored.generation(),
                            entries(stored.name()),
                            claim(stored.name()),
                            stored.hold(),
                            stored.seal().filter(seal -> complete)));
        }
        return memories;
    }

    private record Stored(String name, int generation, Optional<Hold> hold, Optional<Seal> seal) {}

    private static Stored stored(ResultSet row) throws SQLException {
        String stamp = row.getString("stamp");
        return new Stored(
                row.getString("name"),
                row.getInt("generation"),
                hold(row),
                stamp == null ? Optional.empty() : Optional.of(new Seal(stamp, row.getString("settings"))));
    }

    static Optional<Hold> hold(ResultSet row) throws SQLException {
        String by = row.getString("hold_by");
        return by == null
                ? Optional.empty()
                : Optional.of(new Hold(Sql.instant(row, "hold_since"), by, row.getInt("hold_generation")));
    }

    private boolean isComplete(String keystore) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT 1 FROM entry e WHERE e.keystore = ? AND NOT EXISTS (SELECT 1 FROM certificate c WHERE"
                                + " c.sha256 = e.sha256) LIMIT 1",
                        row -> true,
                        keystore)
                .isEmpty();
    }

    private List<Entry> entries(String keystore) throws SQLException {
        return Sql.query(
                connection, "SELECT * FROM entry WHERE keystore = ? ORDER BY alias", KeystoreRecords::entry, keystore);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("alias"),
                new Sha256(row.getString("sha256")),
                Recall.herId(row),
                Purpose.valueOf(row.getString("purpose")),
                Role.valueOf(row.getString("role")),
                Sql.instant(row, "installed_at"));
    }

    List<Entry> entriesOf(String keystore, int generation) throws SQLException {
        return Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM entry WHERE keystore = ? AND since_generation <= ? UNION ALL SELECT "
                        + COLUMNS + " FROM past_entry WHERE keystore = ? AND since_generation <= ? AND last_generation"
                        + " >= ? ORDER BY alias",
                KeystoreRecords::entry,
                keystore,
                generation,
                keystore,
                generation,
                generation);
    }

    private Optional<Claim> claim(String keystore) throws SQLException {
        List<Entry> put = claimed(keystore, false);
        List<Entry> leave = claimed(keystore, true);
        return Sql.first(
                connection,
                "SELECT * FROM claim WHERE keystore = ?",
                row -> new Claim(
                        row.getString("run_id"),
                        Sql.instant(row, "at"),
                        keystore,
                        row.getInt("generation"),
                        put,
                        leave,
                        List.of(),
                        hold(row)),
                keystore);
    }

    private List<Entry> claimed(String keystore, boolean leaves) throws SQLException {
        return Sql.query(
                connection,
                "SELECT * FROM claim_entry WHERE keystore = ? AND leaves = ? ORDER BY alias",
                KeystoreRecords::entry,
                keystore,
                leaves ? 1 : 0);
    }

    void claim(Claim claim, String actor) throws SQLException {
        giveUpClaim(claim.keystore());
        introduce(claim.keystore());
        Sql.update(connection, "UPDATE keystore SET stamp = NULL, settings = NULL WHERE name = ?", claim.keystore());
        Sql.update(
                connection,
                "INSERT INTO claim (keystore, run_id, at, generation, hold_since, hold_by, hold_generation) VALUES"
                        + " (?,?,?,?,?,?,?)",
                claim.keystore(),
                claim.runId(),
                claim.at(),
                claim.generation(),
                claim.hold().map(Hold::since),
                claim.hold().map(Hold::by),
                claim.hold().map(Hold::generation));
        insertClaimed(claim.keystore(), claim.put(), 0);
        insertClaimed(claim.keystore(), claim.leave(), 1);
        insertChanges(claim, actor);
    }

    private void introduce(String keystore) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO keystore (name, path, generation) VALUES (?, '', 0) ON CONFLICT (name) DO NOTHING",
                keystore);
    }

    private void insertClaimed(String keystore, Collection<Entry> entries, int leaves) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO claim_entry (" + COLUMNS + ", leaves) VALUES (?,?,?,?,?,?,?,?)",
                entries,
                entry -> row(keystore, entry, leaves));
    }

    private static Object[] row(String keystore, Entry entry, int leaves) {
        return new Object[] {
            keystore,
            entry.alias(),
            entry.sha256(),
            entry.herId().value(),
            entry.purpose().name(),
            entry.role(),
            entry.installedAt(),
            leaves
        };
    }

    private void insertChanges(Claim claim, String actor) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO history (at, run_id, actor, keystore, generation, action, alias, her_id, purpose, sha256,"
                        + " subject, reason, settled) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0)",
                claim.changes(),
                (Change change) -> Sql.row(
                        claim.at(),
                        claim.runId(),
                        actor,
                        claim.keystore(),
                        claim.generation(),
                        change.action(),
                        change.alias(),
                        change.herId().value(),
                        change.purpose().name(),
                        change.certificate().sha256(),
                        change.certificate().subject(),
                        change.reason()));
    }

    void settle(String keystore) throws SQLException {
        record Settled(int generation, Optional<Hold> hold) {}
        Settled claim = Sql.first(
                        connection,
                        "SELECT * FROM claim WHERE keystore = ?",
                        row -> new Settled(row.getInt("generation"), hold(row)),
                        keystore)
                .orElseThrow(() -> new StateException("nothing was claimed on the keystore " + keystore));
        replace(keystore, claim.generation());
        Sql.update(connection, "UPDATE keystore SET generation = ? WHERE name = ?", claim.generation(), keystore);
        if (claim.hold().isPresent()) {
            hold(keystore, claim.hold());
        }
        Sql.update(connection, "UPDATE history SET settled = 1 WHERE keystore = ? AND settled = 0", keystore);
        giveUpClaim(keystore);
        Sql.update(
                connection,
                "DELETE FROM past_entry WHERE keystore = ? AND last_generation < ?",
                keystore,
                claim.generation() - REMEMBERED_GENERATIONS);
    }

    void hold(String keystore, Optional<Hold> hold) throws SQLException {
        introduce(keystore);
        Sql.update(
                connection,
                "UPDATE keystore SET hold_since = ?, hold_by = ?, hold_generation = ? WHERE name = ?",
                hold.map(Hold::since),
                hold.map(Hold::by),
                hold.map(Hold::generation),
                keystore);
    }

    /**
     * Makes what is claimed what is ours. Entries that go, and those whose names others take, are remembered for the
     * generations that had them. Done where the rows are: there may be tens of thousands.
     */
    private void replace(String keystore, int generation) throws SQLException {
        String claimed =
                " FROM entry WHERE keystore = ? AND alias IN (SELECT alias FROM claim_entry WHERE keystore = ?)";
        Sql.update(
                connection,
                "INSERT INTO past_entry (" + COLUMNS + ", since_generation, last_generation) SELECT " + COLUMNS
                        + ", since_generation, ?" + claimed + " AND since_generation < ?",
                generation - 1,
                keystore,
                keystore,
                generation);
        Sql.update(connection, "DELETE" + claimed, keystore, keystore);
        Sql.update(
                connection,
                "INSERT INTO entry (" + COLUMNS + ", since_generation) SELECT " + COLUMNS
                        + ", ? FROM claim_entry WHERE keystore = ? AND leaves = 0",
                generation,
                keystore);
    }

    private void giveUpClaim(String keystore) throws SQLException {
        Sql.update(connection, "DELETE FROM claim WHERE keystore = ?", keystore);
        Sql.update(connection, "DELETE FROM claim_entry WHERE keystore = ?", keystore);
        Sql.update(connection, "DELETE FROM history WHERE keystore = ? AND settled = 0", keystore);
    }

    void correct(String keystore, List<Entry> entries) throws SQLException {
        introduce(keystore);
        giveUpClaim(keystore);
        Set<Entry> leave = new LinkedHashSet<>(entries(keystore));
        Set<Entry> put = new LinkedHashSet<>(entries);
        put.removeAll(leave);
        entries.forEach(leave::remove);
        int generation = Sql.first(
                        connection,
                        "SELECT generation FROM keystore WHERE name = ?",
                        row -> row.getInt("generation"),
                        keystore)
                .orElse(0);
        insertClaimed(keystore, put, 0);
        insertClaimed(keystore, leave, 1);
        replace(keystore, generation);
        giveUpClaim(keystore);
    }

    void seal(String keystore, Seal seal) throws SQLException {
        Sql.update(
                connection,
                "UPDATE keystore SET stamp = ?, settings = ? WHERE name = ?",
                seal.stamp(),
                seal.settings(),
                keystore);
    }
}
