package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code label}. */
final class LabelTable {
    /** Its columns but the last, {@code voided_seq}, which is no part of what was said. */
    static final String COLUMNS = "seq, model, time_millis, nonce, key_id, flags, model_id, assigned, answered, value,"
            + " confidence, epoch, key_hash, kind, truth, score, arrived_at_millis, source";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM label";
    private static final String INSERT =
            "INSERT INTO label (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private LabelTable() {}

    static void insert(Handle handle, List<LabelRow> labels) {
        Rows.batch(handle, INSERT, labels, LabelTable::bind);
    }

    private static void bind(PreparedStatement insert, LabelRow label) throws SQLException {
        PredictionId id = label.id();
        insert.setLong(1, label.seq());
        insert.setString(2, label.model());
        insert.setLong(3, id.timeMillis());
        insert.setLong(4, id.nonce());
        insert.setInt(5, id.keyId());
        insert.setInt(6, id.flags());
        insert.setInt(7, id.modelId());
        insert.setInt(8, id.assigned());
        insert.setInt(9, id.answered());
        insert.setLong(10, id.value());
        insert.setDouble(11, id.confidence());
        insert.setLong(12, id.epoch());
        insert.setLong(13, id.keyHash());
        insert.setString(14, label.kind().name());
        insert.setString(15, label.truth());
        insert.setDouble(16, label.score());
        insert.setLong(17, label.arrivedAtMillis());
        insert.setString(18, label.source());
    }

    static List<LabelRow> all(Handle handle, PredictionKey prediction) {
        return of(handle, prediction, " ORDER BY seq").list();
    }

    /** Sequence numbers of the labels of a prediction that were withdrawn. */
    static Set<Long> withdrawn(Handle handle, PredictionKey prediction) {
        return handle.createQuery("SELECT seq FROM label WHERE model = :model AND time_millis = :timeMillis"
                        + " AND nonce = :nonce AND voided_seq IS NOT NULL")
                .bindMethods(prediction)
                .mapTo(Long.class)
                .set();
    }

    private static ResultIterable<LabelRow> of(Handle handle, PredictionKey prediction, String which) {
        return handle.createQuery(
                        SELECT + " WHERE model = :model AND time_millis = :timeMillis AND nonce = :nonce" + which)
                .bindMethods(prediction)
                .map(LabelTable::label);
    }

    /** What {@link Transaction#withdraw} withdraws; the events of labels know where in the ledger to look for them. */
    static List<LabelRow> withdraw(Handle handle, String model, Instant from, Instant to, String source, long seq) {
        String which = " WHERE model = :model AND seq BETWEEN :first AND :last AND source = :source"
                + " AND arrived_at_millis >= :from AND arrived_at_millis < :to AND voided_seq IS NULL";
        Optional<EventTable.Place> place = EventTable.ofLabels(handle, model, from, to);
        if (place.isEmpty()) {
            return List.of();
        }
        Map<String, Object> range = Map.of(
                "model", model,
                "source", source,
                "first", place.get().first(),
                "last", place.get().last(),
                "from", from.toEpochMilli(),
                "to", to.toEpochMilli(),
                "seq", seq);
        List<LabelRow> withdrawn = handle.createQuery(SELECT + which + " ORDER BY seq")
                .bindMap(range)
                .map(LabelTable::label)
                .list();
        handle.createUpdate("UPDATE label SET voided_seq = :seq" + which)
                .bindMap(range)
                .execute();
        return withdrawn;
    }

    /** Every label after a sequence number in order, a few at a time. */
    static ResultIterator<LabelRow> stream(Handle handle, long afterSeq) {
        return Rows.stream(
                handle.createQuery(SELECT + " WHERE seq > :after ORDER BY seq").bind("after", afterSeq),
                LabelTable::label);
    }

    /** A model's labels from one sequence number to another, both included, in order, a few at a time. */
    static ResultIterator<LabelRow> stream(Handle handle, String model, long from, long to) {
        Query query = handle.createQuery(SELECT + " WHERE model = :model AND seq BETWEEN :from AND :to ORDER BY seq")
                .bind("model", model)
                .bind("from", from)
                .bind("to", to);
        return Rows.stream(query, LabelTable::label);
    }

    static LabelSpan span(Handle handle, String model, long after, long before) {
        return handle.createQuery("SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0), COUNT(*) FROM label"
                        + " WHERE model = :model AND seq > :after AND seq < :before AND kind = 'ACCEPTED'")
                .bind("model", model)
                .bind("after", after)
                .bind("before", before)
                .map((row, context) -> new LabelSpan(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM label")
                .mapTo(Long.class)
                .one();
    }

    private static LabelRow label(ResultSet row, StatementContext context) throws SQLException {
        return read(row);
    }

    static LabelRow read(ResultSet row) throws SQLException {
        return new LabelRow(
                row.getLong("seq"),
                row.getString("model"),
                id(row),
                LabelRow.Kind.valueOf(row.getString("kind")),
                row.getString("truth"),
                row.getDouble("score"),
                row.getLong("arrived_at_millis"),
                row.getString("source"));
    }

    private static PredictionId id(ResultSet row) throws SQLException {
        return new PredictionId(
                row.getInt("key_id"),
                row.getInt("flags"),
                row.getInt("model_id"),
                row.getInt("assigned"),
                row.getInt("answered"),
                row.getLong("value"),
                row.getFloat("confidence"),
                row.getLong("epoch"),
                row.getLong("key_hash"),
                row.getLong("time_millis"),
                row.getLong("nonce"));
    }
}
