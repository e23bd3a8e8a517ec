package no.sertsynk.state;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** One statement for many values; tells for each how many rows it met. */
    static <T> int[] batch(
            Connection connection, String sql, Collection<T> values, Function<T, @Nullable Object[]> parameters)
            throws SQLException {
        if (values.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T value : values) {
                set(statement, parameters.apply(value));
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /** The parameters of one statement of a batch. */
    static @Nullable Object[] row(@Nullable Object... parameters) {
        return parameters;
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

    static <T> Optional<T> first(Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return query(connection, sql, reader, parameters).stream().findFirst();
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, stored(parameters[i]));
        }
    }

    /** Plain tests of type: a switch over patterns is dear in a program that has just started. */
    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return stored(optional.orElse(null));
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value == null || value instanceof Integer || value instanceof Long || value instanceof byte[]) {
            return value;
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
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

    static BigInteger integer(ResultSet row, String column) throws SQLException {
        return new BigInteger(row.getString(column));
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
