package io.abgate.registry.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Forgets inputs of applications that are neither young nor among the newest that a training would take. Labels and
 * artifacts are never forgotten; shadow answers are evidence, and so is having been asked for: such a sample loses its
 * input only.
 */
final class Pruning {
    private static final String OLD = """
            model = :model AND origin = 'LIVE' AND input <> '' AND arrived_at_millis < :before
            AND (labelled_seq IS NULL OR labelled_seq < :newest)
            """;
    private static final String DELETE = "DELETE FROM sample WHERE seq IN (SELECT seq FROM sample WHERE " + OLD
            + " AND shadows = '" + ShadowsJson.NONE + "' AND asked_id IS NULL ORDER BY arrived_at_millis LIMIT :limit)";
    private static final String EMPTY = "UPDATE sample SET input = '', labelled_seq = NULL WHERE seq IN"
            + " (SELECT seq FROM sample WHERE " + OLD + " ORDER BY arrived_at_millis LIMIT :limit)";
    private static final String OLDEST_OF_NEWEST = "SELECT labelled_seq FROM sample WHERE model = :model"
            + " AND labelled_seq IS NOT NULL ORDER BY labelled_seq DESC LIMIT 1 OFFSET :offset";

    private final Handle handle;
    private final String model;
    private final Instant before;

    Pruning(Handle handle, String model, Instant before) {
        this.handle = handle;
        this.model = model;
        this.before = before;
    }

    /** Does it for at most {@code limit} rows; gives how many that were. */
    int run(int buffer, int limit) {
        long newest = buffer == 0 ? Long.MAX_VALUE : oldestOfNewest(buffer);
        int deleted = update(DELETE, newest, limit);
        return deleted < limit ? deleted + update(EMPTY, newest, limit - deleted) : deleted;
    }

    /** From which place of the ledger on the labelled ones are the newest; all of them when there are no more. */
    private long oldestOfNewest(int buffer) {
        return handle.createQuery(OLDEST_OF_NEWEST)
                .bind("model", model)
                .bind("offset", buffer - 1)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private int update(String sql, long newest, int limit) {
        return handle.createUpdate(sql)
                .bind("model", model)
                .bind("before", before.toEpochMilli())
                .bind("newest", newest)
                .bind("limit", limit)
                .execute();
    }
}
