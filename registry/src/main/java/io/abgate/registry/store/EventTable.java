package io.abgate.registry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code event}. */
final class EventTable {
    private static final String SELECT =
            "SELECT seq, at_millis, actor, type, model, body, previous_hash, hash FROM event";

    // a bound on seq, which the query is ordered by; clocks may step back, so it does not make the other one needless
    private static final String SINCE = " AND at_millis >= :sinceMillis"
            + " AND seq >= (SELECT MIN(seq) FROM event WHERE at_millis >= :sinceMillis)";

    private static final String NOT_BOOKKEEPING =
            " AND type NOT IN ('" + LabelDigest.EVENT_TYPE + "', '" + CheckpointTable.EVENT_TYPE + "')";

    private static final String OF_LABELS =
            " FROM event WHERE type = :type AND model = :model" + " AND at_millis >= :from AND at_millis < :to)";

    private EventTable() {}

    static void insert(Handle handle, ChainLink link) {
        handle.createUpdate("INSERT INTO event (seq, at_millis, actor, type, model, body, previous_hash, hash) VALUES"
                        + " (:seq, :atMillis, :actor, :type, :model, :body, :previousHash, :hash)")
                .bindMethods(link.event())
                .bind("atMillis", link.event().at().toEpochMilli())
                .bind("previousHash", link.previousHash())
                .bind("hash", link.hash())
                .execute();
    }

    /** Sequence numbers between which something lies. */
    record Place(long first, long last) {}

    /** Where the labels of a model lie that arrived from one moment, included, to another, excluded. */
    static Optional<Place> ofLabels(Handle handle, String model, Instant from, Instant to) {
        return handle.createQuery("SELECT first.body, last.seq FROM event AS first, event AS last WHERE first.seq ="
                        + " (SELECT MIN(seq)" + OF_LABELS + " AND last.seq = (SELECT MAX(seq)" + OF_LABELS)
                .bind("type", LabelDigest.EVENT_TYPE)
                .bind("model", model)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((row, context) -> new Place(LabelDigest.from(row.getString("body")), row.getLong("seq")))
                .findOne();
    }

    /** The hash of the newest event. */
    static Optional<String> newestHash(Handle handle) {
        return handle.createQuery("SELECT hash FROM event ORDER BY seq DESC LIMIT 1")
                .mapTo(String.class)
                .findOne();
    }

    /** Every link after a sequence number in order, a few at a time. */
    static ResultIterator<ChainLink> stream(Handle handle, long afterSeq) {
        return Rows.stream(
                handle.createQuery(SELECT + " WHERE seq > :after ORDER BY seq").bind("after", afterSeq),
                EventTable::link);
    }

    static List<StoredEvent> find(Handle handle, EventQuery filter) {
        Query query = handle.createQuery(SELECT + where(filter) + " ORDER BY seq LIMIT :limit")
                .bindMethods(filter);
        if (filter.since() != null) {
            query.bind("sinceMillis", filter.since().toEpochMilli());
        }
        if (filter.until() != null) {
            query.bind("untilMillis", filter.until().toEpochMilli());
        }
        return query.map((row, context) -> link(row, context).event()).list();
    }

    private static String where(EventQuery filter) {
        return " WHERE seq > :after"
                + (filter.since() == null ? "" : SINCE)
                + (filter.until() == null ? "" : " AND at_millis <= :untilMillis")
                + (filter.model() == null ? "" : " AND model = :model")
                + (filter.type() == null ? NOT_BOOKKEEPING : " AND type = :type");
    }

    private static ChainLink link(ResultSet row, StatementContext context) throws SQLException {
        StoredEvent event = new StoredEvent(
                row.getLong("seq"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                row.getString("actor"),
                row.getString("type"),
                row.getString("model"),
                row.getString("body"));
        return new ChainLink(event, row.getString("previous_hash"), row.getString("hash"));
    }
}
