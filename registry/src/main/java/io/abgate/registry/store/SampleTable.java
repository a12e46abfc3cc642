package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.PredictionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code sample}. Its column {@code labelled_seq} says from when on a sample and its truth are both in the
 * ledger, whichever came first, so that the newest labelled ones are the end of an index.
 */
final class SampleTable {
    private static final String SELECT =
            "SELECT seq, model, time_millis, nonce, origin, input, truth, shadows, asked_id, asked_version FROM sample";
    private static final String NEWEST_LABELLED = """
            SELECT sample.labelled_seq, sample.time_millis, sample.nonce, sample.origin, sample.arrived_at_millis,
                sample.input,
                COALESCE(sample.truth, label.truth) AS truth
            FROM sample LEFT JOIN label ON label.model = sample.model AND label.time_millis = sample.time_millis
                AND label.nonce = sample.nonce AND label.kind = 'ACCEPTED'
                AND label.voided_seq IS NULL
            WHERE sample.model = :model AND sample.labelled_seq > :afterSeq AND sample.labelled_seq <= :toSeq
                AND COALESCE(sample.truth, label.truth) IS NOT NULL
            ORDER BY sample.labelled_seq DESC LIMIT :limit
            """;

    /** Newest first, as those most likely wait still, and what is young can still be judged. */
    private static final String ASKED_FOR = SELECT + """
             WHERE model = :model AND asked_id IS NOT NULL AND time_millis >= :since
                AND NOT EXISTS (SELECT 1 FROM label WHERE label.model = sample.model
                    AND label.time_millis = sample.time_millis AND label.nonce = sample.nonce
                    AND label.kind = 'ACCEPTED' AND label.voided_seq IS NULL)
            ORDER BY time_millis DESC, nonce DESC LIMIT :limit
            """;

    private static final String LABELLED = "UPDATE sample SET labelled_seq = ? WHERE model = ? AND time_millis = ?"
            + " AND nonce = ? AND labelled_seq IS NULL AND input <> ''";

    private static final String UNLABELLED = "UPDATE sample SET labelled_seq = NULL WHERE model = ? AND time_millis = ?"
            + " AND nonce = ? AND truth IS NULL";

    /**
     * The same of a row of {@code label} as {@link #makesTrainable} of one in memory. Said in both languages, for either
     * alone would cost: labels that make nothing trainable a statement each, or each sample a look-up before its insert.
     */
    static final String MAKES_TRAINABLE =
            "label.kind = 'ACCEPTED' AND label.truth IS NOT NULL AND (label.flags & %d) <> 0"
                    .formatted(PredictionId.SAMPLED);

    private SampleTable() {}

    /** Marks the samples that are there, of those labels that make one a row to train on, as labelled from then on. */
    static void labelled(Handle handle, List<LabelRow> labels) {
        List<LabelRow> trainable =
                labels.stream().filter(SampleTable::makesTrainable).toList();
        Rows.batch(handle, LABELLED, trainable, (update, label) -> {
            update.setLong(1, label.seq());
            update.setString(2, label.model());
            update.setLong(3, label.id().timeMillis());
            update.setLong(4, label.id().nonce());
        });
    }

    /** Whether a label says what is right of a prediction whose input was kept; as {@link #MAKES_TRAINABLE} does. */
    static boolean makesTrainable(LabelRow label) {
        return label.kind() == LabelRow.Kind.ACCEPTED
                && label.truth() != null
                && label.id().has(PredictionId.SAMPLED);
    }

    /** Unmarks the samples of labels that were withdrawn. */
    static void unlabelled(Handle handle, List<LabelRow> labels) {
        List<LabelRow> trainable =
                labels.stream().filter(SampleTable::makesTrainable).toList();
        Rows.batch(handle, UNLABELLED, trainable, (update, label) -> {
            update.setString(1, label.model());
            update.setLong(2, label.id().timeMillis());
            update.setLong(3, label.id().nonce());
        });
    }

    static List<LabelledSample> newestLabelled(Handle handle, String model, long afterSeq, long toSeq, int limit) {
        return Rows.oldestFirst(handle.createQuery(NEWEST_LABELLED)
                .bind("model", model)
                .bind("afterSeq", afterSeq)
                .bind("toSeq", toSeq)
                .bind("limit", limit)
                .map(SampleTable::labelledSample)
                .list());
    }

    static Optional<SampleRow> find(Handle handle, String model, long timeMillis, long nonce) {
        return handle.createQuery(SELECT + " WHERE model = :model AND time_millis = :time AND nonce = :nonce")
                .bind("model", model)
                .bind("time", timeMillis)
                .bind("nonce", nonce)
                .map(SampleTable::sample)
                .findOne();
    }

    /** Those whose label is asked for, and has not come; see {@link EventStore#askedFor}. */
    static List<SampleRow> askedFor(Handle handle, String model, Instant since, int limit) {
        return handle.createQuery(ASKED_FOR)
                .bind("model", model)
                .bind("since", since.toEpochMilli())
                .bind("limit", limit)
                .map(SampleTable::sample)
                .list();
    }

    /** Every sample after a sequence number in order, a few at a time. */
    static ResultIterator<SampleRow> stream(Handle handle, long afterSeq) {
        return Rows.stream(
                handle.createQuery(SELECT + " WHERE seq > :after ORDER BY seq").bind("after", afterSeq),
                SampleTable::sample);
    }

    private static SampleRow sample(ResultSet row, StatementContext context) throws SQLException {
        return new SampleRow(
                row.getLong("seq"),
                row.getString("model"),
                row.getLong("time_millis"),
                row.getLong("nonce"),
                SampleRow.Origin.valueOf(row.getString("origin")),
                row.getString("input"),
                row.getString("truth"),
                ShadowsJson.read(row.getString("shadows")),
                asked(row));
    }

    private static @Nullable Asked asked(ResultSet row) throws SQLException {
        String id = row.getString("asked_id");
        return id == null ? null : new Asked(id, row.getInt("asked_version"));
    }

    private static LabelledSample labelledSample(ResultSet row, StatementContext context) throws SQLException {
        return new LabelledSample(
                row.getLong("labelled_seq"),
                row.getLong("time_millis"),
                row.getLong("nonce"),
                SampleRow.Origin.valueOf(row.getString("origin")),
                Instant.ofEpochMilli(row.getLong("arrived_at_millis")),
                new Example(row.getString("input"), row.getString("truth")));
    }
}
