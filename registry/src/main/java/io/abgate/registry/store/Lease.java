package io.abgate.registry.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, and the counter that numbers what is written. Both are one row, so the first statement of a
 * transaction checks the right, locks the row until the end and reads the counter: a deposed writer cannot slip in
 * between. How long it lasts only the database's clock says, as there is one of it.
 */
final class Lease {
    /** How long it lasts when it is not prolonged; every write prolongs it. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    private static final String TAKE = """
            INSERT INTO lease (id, store_id, token, holder, expires_at_millis, seq)
            VALUES (1, :store, :token, :holder, %1$s + %2$d, 0)
            ON CONFLICT (id) DO UPDATE SET token = excluded.token, holder = excluded.holder,
                expires_at_millis = excluded.expires_at_millis
            %3$s
            RETURNING store_id
            """;

    private final String token;
    private final String storeId;
    private final String fence;

    private Lease(String token, String storeId, Dialect dialect) {
        this.token = token;
        this.storeId = storeId;
        this.fence = "UPDATE lease SET expires_at_millis = " + dialect.nowMillis() + " + " + LENGTH.toMillis()
                + " WHERE token = :token RETURNING seq";
    }

    /** The last sequence number in use. */
    static long lastSeq(Handle handle) {
        return handle.createQuery("SELECT seq FROM lease").mapTo(Long.class).one();
    }

    /**
     * Takes the lease of a store. Where several processes share a database it is taken only when it is free or has run
     * out; elsewhere at once, as the caller has made sure that its former holder is gone.
     *
     * @throws LeaseHeldException when somebody else has it
     */
    static Lease take(Jdbi jdbi, Dialect dialect, String holder) {
        String token = UUID.randomUUID().toString();
        String whenFree = dialect.isShared() ? "WHERE lease.expires_at_millis < " + dialect.nowMillis() : "";
        String sql = TAKE.formatted(dialect.nowMillis(), LENGTH.toMillis(), whenFree);
        return taken(jdbi, dialect, sql, token, holder)
                .map(storeId -> new Lease(token, storeId, dialect))
                .orElseThrow(() -> jdbi.withHandle(handle -> held(handle, dialect)));
    }

    private static Optional<String> taken(Jdbi jdbi, Dialect dialect, String sql, String token, String holder) {
        try {
            return jdbi.withHandle(handle -> handle.createQuery(sql)
                    .bind("store", UUID.randomUUID().toString())
                    .bind("token", token)
                    .bind("holder", holder)
                    .mapTo(String.class)
                    .findOne());
        } catch (JdbiException e) {
            if (dialect.isShared()
                    && e.getCause() instanceof SQLException sqlException
                    && dialect.isLocked(sqlException)) {
                jdbi.useHandle(handle -> endHolder(handle, dialect));
                return Optional.empty(); // its holder is in the middle of a write
            }
            throw e;
        }
    }

    /** Ends whoever is in the middle of a write after the lease has run out. */
    private static void endHolder(Handle handle, Dialect dialect) {
        boolean isOver = handle.createQuery("SELECT expires_at_millis < " + dialect.nowMillis() + " FROM lease")
                .mapTo(Boolean.class)
                .one();
        if (isOver) {
            dialect.endSilentHolder(handle);
        }
    }

    private static LeaseHeldException held(Handle handle, Dialect dialect) {
        String lasts = "GREATEST(0, expires_at_millis - " + dialect.nowMillis() + ")";
        return handle.createQuery("SELECT holder, " + lasts + " AS millis FROM lease")
                .map((row, context) -> new LeaseHeldException("%s is led by %s, whose lease lasts %.1f s more"
                        .formatted(dialect.name(), row.getString("holder"), row.getLong("millis") / 1000.0)))
                .one();
    }

    /** The random name that the store got when it was made. */
    String storeId() {
        return storeId;
    }

    /**
     * The fence: prolongs the lease and gives the last sequence number in use.
     *
     * @throws DeposedException when another writer holds the lease
     */
    long fence(Handle handle) {
        return handle.createQuery(fence)
                .bind("token", token)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> deposed(handle));
    }

    /** The hash of the newest event as it was kept apart; empty when none was written since there is a place for it. */
    static Optional<String> head(Handle handle) {
        return handle.createQuery("SELECT head FROM lease WHERE head IS NOT NULL")
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Keeps the last sequence number in use; to be called in the transaction of the fence.
     *
     * @param head hash of the newest event; null when this transaction appended none
     */
    void count(Handle handle, long seq, @Nullable String head) {
        handle.createUpdate("UPDATE lease SET seq = :seq, head = COALESCE(:head, head) WHERE token = :token")
                .bind("seq", seq)
                .bind("head", head)
                .bind("token", token)
                .execute();
    }

    /** Gives the lease back, so that another takes it at once; ends the use of this object. */
    void release(Handle handle) {
        handle.createUpdate("UPDATE lease SET token = '', expires_at_millis = 0 WHERE token = :token")
                .bind("token", token)
                .execute();
    }

    private static DeposedException deposed(Handle handle) {
        String holder = handle.createQuery("SELECT holder FROM lease")
                .mapTo(String.class)
                .findOne()
                .orElse("nobody");
        return new DeposedException("another writer holds the lease: " + holder);
    }
}
