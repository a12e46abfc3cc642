package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code label}. */
final class LabelTable {
    private static final String SELECT = "SELECT seq, model, time_millis, nonce, key_id, flags, model_id, assigned,"
            + " answered, value, confidence, epoch, key_hash, kind, truth, score, arrived_at_millis, source FROM label";

    private LabelTable() {}

    static void insert(Handle handle, LabelRow label) {
        handle.createUpdate("INSERT INTO label (seq, model, time_millis, nonce, key_id, flags, model_id, assigned,"
                        + " answered, value, confidence, epoch, key_hash, kind, truth, score, arrived_at_millis, source)"
                        + " VALUES (:seq, :model, :id.timeMillis, :id.nonce, :id.keyId, :id.flags, :id.modelId,"
                        + " :id.assigned, :id.answered, :id.value, :id.confidence, :id.epoch, :id.keyHash, :kind, :truth,"
                        + " :score, :arrivedAtMillis, :source)")
                .bindMethods(label)
                .execute();
    }

    /** The label that counts for a prediction. */
    static Optional<LabelRow> find(Handle handle, String model, long timeMillis, long nonce) {
        return of(handle, " AND kind = 'ACCEPTED'", model, timeMillis, nonce);
    }

    /** The last label of a prediction. */
    static Optional<LabelRow> newest(Handle handle, String model, long timeMillis, long nonce) {
        return of(handle, " ORDER BY seq DESC LIMIT 1", model, timeMillis, nonce);
    }

    private static Optional<LabelRow> of(Handle handle, String which, String model, long timeMillis, long nonce) {
        return handle.createQuery(SELECT + " WHERE model = :model AND time_millis = :time AND nonce = :nonce" + which)
                .bind("model", model)
                .bind("time", timeMillis)
                .bind("nonce", nonce)
                .map(LabelTable::label)
                .findOne();
    }

    /** Every label in order, a few at a time. */
    static ResultIterator<LabelRow> stream(Handle handle) {
        return Rows.stream(handle.createQuery(SELECT + " ORDER BY seq"), LabelTable::label);
    }

    /** A model's labels from one sequence number to another, both included, in order, a few at a time. */
    static ResultIterator<LabelRow> stream(Handle handle, String model, long from, long to) {
        Query query = handle.createQuery(SELECT + " WHERE model = :model AND seq BETWEEN :from AND :to ORDER BY seq")
                .bind("model", model)
                .bind("from", from)
                .bind("to", to);
        return Rows.stream(query, LabelTable::label);
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM label")
                .mapTo(Long.class)
                .one();
    }

    private static LabelRow label(ResultSet row, StatementContext context) throws SQLException {
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
