package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.Asked;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** Adds samples within one transaction, with a statement that is prepared once: thousands come in a second. */
final class SampleInsert implements AutoCloseable {
    /** It is labelled from now on if its truth comes with it, or {@link SampleTable#MAKES_TRAINABLE a label} came before. */
    private static final String SQL = """
            INSERT INTO sample (seq, model, time_millis, nonce, origin, input, truth, shadows, arrived_at_millis, asked_id,
                asked_version, labelled_seq)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CASE WHEN CAST(? AS INTEGER) = 1 OR EXISTS (SELECT 1 FROM label
                WHERE label.model = ? AND label.time_millis = ? AND label.nonce = ?
                AND label.voided_seq IS NULL AND %s)
                THEN CAST(? AS BIGINT) END)
            ON CONFLICT (model, time_millis, nonce) DO NOTHING
            """.formatted(SampleTable.MAKES_TRAINABLE);

    private final PreparedStatement insert;

    SampleInsert(Handle handle) {
        try {
            insert = handle.getConnection().prepareStatement(SQL);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** Adds a sample unless its prediction has one; says whether it did. */
    boolean add(SampleRow sample, Instant arrivedAt) {
        try {
            bind(sample, arrivedAt);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private void bind(SampleRow sample, Instant arrivedAt) throws SQLException {
        insert.setLong(1, sample.seq());
        insert.setString(2, sample.model());
        insert.setLong(3, sample.timeMillis());
        insert.setLong(4, sample.nonce());
        insert.setString(5, sample.origin().name());
        insert.setString(6, sample.input());
        insert.setString(7, sample.truth());
        insert.setString(8, sample.shadows().isEmpty() ? ShadowsJson.NONE : ShadowsJson.write(sample.shadows()));
        insert.setLong(9, arrivedAt.toEpochMilli());
        Asked asked = sample.asked();
        insert.setString(10, asked == null ? null : asked.predictionId());
        if (asked == null) {
            insert.setNull(11, Types.INTEGER);
        } else {
            insert.setInt(11, asked.version());
        }
        insert.setInt(12, sample.truth() == null ? 0 : 1);
        insert.setString(13, sample.model());
        insert.setLong(14, sample.timeMillis());
        insert.setLong(15, sample.nonce());
        insert.setLong(16, sample.seq());
    }

    @Override
    public void close() {
        try {
            insert.close();
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
