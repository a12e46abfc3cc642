package io.abgate.registry.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    /** Turns around what was selected from the end. */
    static <T> List<T> oldestFirst(List<T> newestFirst) {
        List<T> rows = new ArrayList<>(newestFirst);
        Collections.reverse(rows);
        return List.copyOf(rows);
    }
}
