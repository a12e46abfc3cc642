package io.abgate.registry.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/** What all tables do with rows. */
final class Rows {
    private static final int FETCH_SIZE = 1000;

    private Rows() {}

    /** The rows of a query one after the other; never all of them in memory. */
    static <T> ResultIterator<T> stream(Query query, RowMapper<T> mapper) {
        return query.setFetchSize(FETCH_SIZE).map(mapper).iterator();
    }

    /** Puts the values of a row into a statement. */
    @FunctionalInterface
    interface Binder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /** Runs a statement for each row, prepared once: what is done ten thousand times a second goes past Jdbi. */
    static <T> void batch(Handle handle, String sql, Collection<T> rows, Binder<T> binder) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            for (T row : rows) {
                binder.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** Turns around what was selected from the end. */
    static <T> List<T> oldestFirst(List<T> newestFirst) {
        List<T> rows = new ArrayList<>(newestFirst);
        Collections.reverse(rows);
        return List.copyOf(rows);
    }
}
