package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Sha256;
import io.abgate.registry.store.LedgerCheck.Break;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Compares rows, one after the other, with what the ledger makes of them. */
final class RowCheck {
    private static final String LABELS = "SELECT " + LabelTable.COLUMNS + ", voided_seq FROM label ORDER BY seq";
    private static final String SAMPLES = """
            SELECT sample.seq, sample.truth, sample.input = '' AS emptied, sample.labelled_seq,
                label.seq AS label_seq, label.flags
            FROM sample LEFT JOIN label ON label.model = sample.model AND label.time_millis = sample.time_millis
                AND label.nonce = sample.nonce AND label.kind = 'ACCEPTED' AND label.voided_seq IS NULL
                AND label.truth IS NOT NULL
            ORDER BY sample.seq
            """;
    private static final String ARTIFACTS = "SELECT sha256, bytes FROM artifact ORDER BY sha256";

    private static final int FETCH_SIZE = 1000;

    private final Handle handle;
    private final List<Withdrawal> withdrawals;
    private long samples;
    private long artifacts;

    /** @param withdrawals oldest first, complete when {@link #labels} is called */
    RowCheck(Handle handle, List<Withdrawal> withdrawals) {
        this.handle = handle;
        this.withdrawals = withdrawals;
    }

    long samplesSeen() {
        return samples;
    }

    long artifactsSeen() {
        return artifacts;
    }

    /** The first label whose withdrawal is not what the events say. */
    Optional<Break> labels() {
        return first(handle.createQuery(LABELS).setFetchSize(FETCH_SIZE), (row, context) -> labelBreak(row));
    }

    private Optional<Break> labelBreak(ResultSet row) throws SQLException {
        LabelRow label = LabelTable.read(row);
        Long expected = withdrawals.stream()
                .filter(withdrawal -> withdrawal.covers(label))
                .map(Withdrawal::seq)
                .findFirst()
                .orElse(null);
        return differs("withdrawal of label ", label.seq(), expected, number(row, "voided_seq"));
    }

    /** The first sample whose place among the labelled ones is not what the ledger says. */
    Optional<Break> samples() {
        return first(handle.createQuery(SAMPLES).setFetchSize(FETCH_SIZE), (row, context) -> sampleBreak(row));
    }

    private Optional<Break> sampleBreak(ResultSet row) throws SQLException {
        samples++;
        long seq = row.getLong("seq");
        Long labelled = number(row, "labelled_seq");
        boolean optional = (row.getInt("flags") & PredictionId.SAMPLED) == 0 && row.getString("truth") == null;
        if (optional && labelled == null) { // its prediction was not to be kept
            return Optional.empty();
        }
        return differs("labelled place of sample ", seq, labelledSeq(row), labelled);
    }

    private static @Nullable Long labelledSeq(ResultSet row) throws SQLException {
        if (row.getBoolean("emptied")) {
            return null;
        }
        if (row.getString("truth") != null) {
            return row.getLong("seq");
        }
        Long label = number(row, "label_seq");
        return label == null ? null : (Long) Math.max(row.getLong("seq"), label);
    }

    /** The first artifact whose bytes are not those of its name. */
    Optional<Break> artifacts() {
        Query query = handle.createQuery(ARTIFACTS).setFetchSize(1); // one may be large
        return first(query, (row, context) -> artifactBreak(row));
    }

    private Optional<Break> artifactBreak(ResultSet row) throws SQLException {
        artifacts++;
        String name = row.getString("sha256");
        return Sha256.of(row.getBytes("bytes")).equals(name)
                ? Optional.empty()
                : Optional.of(new Break(0, "artifact " + name + " was altered"));
    }

    private static Optional<Break> first(Query query, RowMapper<Optional<Break>> check) {
        try (ResultIterator<Optional<Break>> breaks = query.map(check).iterator()) {
            while (breaks.hasNext()) {
                Optional<Break> found = breaks.next();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : (Long) number;
    }

    private static Optional<Break> differs(String what, long seq, @Nullable Long expected, @Nullable Long stored) {
        return Objects.equals(expected, stored)
                ? Optional.empty()
                : Optional.of(new Break(0, what + seq + ": " + named(stored) + " (expected: " + named(expected) + ")"));
    }

    private static String named(@Nullable Long seq) {
        return seq == null ? "none" : seq.toString();
    }
}
