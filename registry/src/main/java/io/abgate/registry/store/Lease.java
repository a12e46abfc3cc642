package io.abgate.registry.store;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The right to write, and the counter that numbers what is written. Both are one row, so the first statement of a
 * transaction checks the right, locks the row until the end and reads the counter: a deposed writer cannot slip in
 * between.
 */
final class Lease {
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final String token;

    private Lease(String token) {
        this.token = token;
    }

    /** Takes the lease of a store, new or former; the caller has made sure that its former holder is gone. */
    static Lease take(Handle handle, String holder, Instant now) {
        Lease lease = new Lease(UUID.randomUUID().toString());
        handle.createUpdate("INSERT INTO lease (id, store_id, token, holder, expires_at_millis, seq)"
                        + " VALUES (1, :store, :token, :holder, :expires, 0) ON CONFLICT (id) DO UPDATE SET"
                        + " token = excluded.token, holder = excluded.holder,"
                        + " expires_at_millis = excluded.expires_at_millis")
                .bind("store", UUID.randomUUID().toString())
                .bind("token", lease.token)
                .bind("holder", holder)
                .bind("expires", expiry(now))
                .execute();
        return lease;
    }

    /** The random name that the store got when it was made. */
    static String storeId(Handle handle) {
        return handle.createQuery("SELECT store_id FROM lease")
                .mapTo(String.class)
                .one();
    }

    /**
     * The fence: renews the lease and gives the last sequence number in use.
     *
     * @throws StoreException when another writer holds the lease
     */
    long fence(Handle handle, Instant now) {
        return handle.createQuery("UPDATE lease SET expires_at_millis = :expires WHERE token = :token RETURNING seq")
                .bind("expires", expiry(now))
                .bind("token", token)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> deposed(handle));
    }

    /** Keeps the last sequence number in use; to be called in the transaction of the fence. */
    void count(Handle handle, long seq) {
        handle.createUpdate("UPDATE lease SET seq = :seq WHERE token = :token")
                .bind("seq", seq)
                .bind("token", token)
                .execute();
    }

    private static StoreException deposed(Handle handle) {
        String holder = handle.createQuery("SELECT holder FROM lease")
                .mapTo(String.class)
                .findOne()
                .orElse("nobody");
        return new StoreException("another writer holds the lease: " + holder);
    }

    private static long expiry(Instant now) {
        return now.plus(LENGTH).toEpochMilli();
    }
}
