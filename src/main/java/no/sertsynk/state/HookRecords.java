package no.sertsynk.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.service.hook.Hook;
import no.sertsynk.service.hook.HookEvent;
import no.sertsynk.service.hook.HookMemory.Pending;
import org.jspecify.annotations.Nullable;

/** Which hook was told of which generation. Within the caller's transaction. */
final class HookRecords {
    private final Connection connection;

    HookRecords(Connection connection) {
        this.connection = connection;
    }

    void expect(String keystore, List<Hook> hooks) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO hook (keystore, hook, label, announced) VALUES (?, ?, ?, COALESCE((SELECT generation FROM"
                        + " keystore WHERE name = ?), 0)) ON CONFLICT (keystore, hook) DO UPDATE SET label ="
                        + " excluded.label",
                hooks,
                hook -> Sql.row(keystore, hook.id(), hook.label(), keystore));
        List<@Nullable Object> parameters = new ArrayList<>(List.of(keystore));
        hooks.forEach(hook -> parameters.add(hook.id()));
        String places = String.join(", ", java.util.Collections.nCopies(hooks.size(), "?"));
        Sql.update(
                connection,
                "DELETE FROM hook WHERE keystore = ? AND hook NOT IN (" + places + ")",
                parameters.toArray());
    }

    private record Stored(
            int generation, int announced, int attempts, Optional<Instant> nextAt, Optional<String> failure) {}

    Optional<Pending> pending(String keystore, Hook hook) throws SQLException {
        Optional<Stored> stored = Sql.first(
                connection,
                "SELECT k.generation, h.announced, h.attempts, h.next_at, h.failure FROM hook h JOIN keystore k ON"
                        + " k.name = h.keystore WHERE h.keystore = ? AND h.hook = ? AND k.generation > h.announced",
                row -> new Stored(
                        row.getInt("generation"),
                        row.getInt("announced"),
                        row.getInt("attempts"),
                        Sql.optionalInstant(row, "next_at"),
                        Optional.ofNullable(row.getString("failure"))),
                keystore,
                hook.id());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        HookEvent event = event(keystore, stored.get());
        return Optional.of(new Pending(
                event,
                stored.get().attempts(),
                stored.get().nextAt(),
                stored.get().failure()));
    }

    /** All that happened to the keystore since the hook was last told. */
    private HookEvent event(String keystore, Stored stored) throws SQLException {
        List<Optional<HookEvent.Line>> lines = new ArrayList<>();
        String[] run = {""};
        Instant[] at = {Instant.EPOCH};
        Sql.query(
                        connection,
                        "SELECT * FROM history WHERE keystore = ? AND settled = 1 AND generation > ? ORDER BY id",
                        row -> {
                            run[0] = row.getString("run_id");
                            at[0] = Sql.instant(row, "at");
                            return line(row);
                        },
                        keystore,
                        stored.announced())
                .forEach(lines::add);
        return new HookEvent(
                keystore,
                "",
                run[0],
                at[0],
                stored.generation(),
                lines.stream().flatMap(Optional::stream).toList());
    }

    private static Optional<HookEvent.Line> line(ResultSet row) throws SQLException {
        if (row.getString("sha256") == null) {
            return Optional.empty();
        }
        return Optional.of(new HookEvent.Line(
                Action.valueOf(row.getString("action")),
                row.getString("alias"),
                Recall.herId(row),
                Purpose.valueOf(row.getString("purpose")),
                new Sha256(row.getString("sha256")),
                row.getString("subject"),
                row.getString("reason")));
    }

    void told(HookEvent event, Hook hook) throws SQLException {
        Sql.update(
                connection,
                "UPDATE hook SET announced = ?, attempts = 0, next_at = NULL, since = NULL, failure = NULL WHERE"
                        + " keystore = ? AND hook = ?",
                event.generation(),
                event.keystore(),
                hook.id());
    }

    void failed(HookEvent event, Hook hook, Instant at, Instant nextAt, String failure) throws SQLException {
        Sql.update(
                connection,
                "UPDATE hook SET attempts = attempts + 1, next_at = ?, since = COALESCE(since, ?), failure = ? WHERE"
                        + " keystore = ? AND hook = ?",
                nextAt,
                at,
                failure,
                event.keystore(),
                hook.id());
    }
}
