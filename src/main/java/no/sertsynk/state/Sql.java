package no.sertsynk.state;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.jspecify.annotations.Nullable;

/** Statements with their parameters, and values as they are stored. */
final class Sql {
    private Sql() {}

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static void update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object stored = switch (parameters[i]) {
                case null -> null;
                case Instant instant -> instant.toEpochMilli();
                case Optional<?> optional ->
                    optional.map(value -> value instanceof Instant instant
                                    ? (Object) instant.toEpochMilli()
                                    : value.toString())
                            .orElse(null);
                case Integer number -> number;
                case Long number -> number;
                case byte[] bytes -> bytes;
                case BigInteger number -> number.toString();
                case Object other -> other.toString();
            };
            statement.setObject(i + 1, stored);
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }

    static Optional<Reason> optionalReason(ResultSet row, String code, String message) throws SQLException {
        String text = row.getString(code);
        return text == null
                ? Optional.empty()
                : Optional.of(Reason.of(ReasonCode.valueOf(text), row.getString(message)));
    }

    /** Reasons as lines of one text column. */
    static String lines(List<?> reasons) {
        StringBuilder text = new StringBuilder();
        for (Object reason : reasons) {
            text.append(text.isEmpty() ? "" : "\n").append(reason.toString().replace('\n', ' '));
        }
        return text.toString();
    }
}
