package io.abgate.registry.store;

import io.abgate.registry.domain.Check;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code job}. */
final class JobTable {
    private static final String SELECT = "SELECT id, model, state, body, created_at_millis, updated_at_millis FROM job";

    private JobTable() {}

    /**
     * The next job's number; right as long as the fence holds. After a restore it goes on above the numbers of the future
     * that was lost, whose workers may still have jobs to answer for.
     */
    static long nextId(Handle handle) {
        return handle.createQuery("SELECT (SELECT COALESCE(MAX(id), 0) FROM job) AS last,"
                        + " (SELECT COALESCE(MAX(seq), 0) FROM event WHERE type = 'RESTORED') AS restored")
                .map((row, context) -> Math.max(row.getLong("last"), row.getLong("restored")) + 1)
                .one();
    }

    static void insert(Handle handle, JobRow job) {
        handle.createUpdate("INSERT INTO job (id, model, state, body, created_at_millis, updated_at_millis)"
                        + " VALUES (:id, :model, :state, :body, :createdAtMillis, :updatedAtMillis)")
                .bindMethods(job)
                .bind("createdAtMillis", job.createdAt().toEpochMilli())
                .bind("updatedAtMillis", job.updatedAt().toEpochMilli())
                .execute();
    }

    static void update(Handle handle, long id, JobRow.State state, String body, Instant at) {
        int rows = handle.createUpdate(
                        "UPDATE job SET state = :state, body = :body, updated_at_millis = :at WHERE id = :id")
                .bind("state", state)
                .bind("body", body)
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute();
        Check.that(rows == 1, "job", id, "the number of a job");
    }

    static Optional<JobRow> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(JobTable::job)
                .findOne();
    }

    static List<JobRow> open(Handle handle) {
        return handle.createQuery(SELECT + " WHERE state IN ('QUEUED', 'RUNNING') ORDER BY id")
                .map(JobTable::job)
                .list();
    }

    private static JobRow job(ResultSet row, StatementContext context) throws SQLException {
        return new JobRow(
                row.getLong("id"),
                row.getString("model"),
                JobRow.State.valueOf(row.getString("state")),
                row.getString("body"),
                Instant.ofEpochMilli(row.getLong("created_at_millis")),
                Instant.ofEpochMilli(row.getLong("updated_at_millis")));
    }
}
