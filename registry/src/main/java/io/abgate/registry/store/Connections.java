package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of which broken connections are given up, and that closes without waiting for itself.
 *
 * <p>HikariCP closes a connection on a thread for that purpose, which then takes the lock of the pool to make up for it,
 * unless the pool is suspended; and {@code close()} waits for that thread for up to 10 seconds, with that lock held. So
 * whoever closes the pool just after a connection was given up may wait all that time for nothing. Here the pool is
 * suspended before, and one more connection is given up: when that one is closed, the thread is done with all others.
 */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final HikariDataSource pool;
    private volatile boolean gaveUp;

    Connections(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Gives up a connection of the pool that nobody knows the state of. */
    void giveUp(Connection broken) {
        gaveUp = true;
        if (isLost(broken)) {
            // whatever ended it may have ended all, and one that was used lately is lent without a look
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        pool.evictConnection(broken);
    }

    /** Whether the pool has given it up by itself already, by what the driver said. */
    private static boolean isLost(Connection broken) {
        try {
            return broken.isClosed();
        } catch (SQLException e) {
            LOG.debug("a connection that cannot say whether it is closed", e);
            return true;
        }
    }

    @Override
    public void close() {
        if (gaveUp) {
            settle();
        }
        pool.close();
    }

    private void settle() {
        try {
            pool.setConnectionTimeout(PATIENCE_MILLIS);
            Connection last = giveUpLast();
            long start = System.nanoTime();
            while (!last.isClosed() && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            LOG.debug("the database gives no connection any more, so that its pool may take long to close", e);
        }
    }

    private Connection giveUpLast() throws SQLException {
        try (Connection lent = pool.getConnection()) {
            pool.getHikariPoolMXBean().suspendPool();
            pool.evictConnection(lent);
            return lent.unwrap(Connection.class);
        }
    }
}
