package io.abgate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool closes at once, also while it makes up for a connection that was given up. */
final class ConnectionsTest {
    @TempDir
    private Path home;

    @Test
    void closeAtOnceWhileOneThatWasGivenUpIsMadeUpFor() throws SQLException, InterruptedException {
        HikariDataSource pool = new SqliteDialect(home.resolve("some.db")).pool();
        Connections connections = new Connections(pool);
        connections.giveUp(pool.getConnection());
        await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() > 0);
        Connection broken = pool.getConnection();
        Thread closing = new Thread(connections::close);
        long start;
        synchronized (pool.getHikariPoolMXBean()) { // the pool's own lock, so that both come to it in this order
            closing.start();
            await().until(() -> closing.getState() == Thread.State.BLOCKED);
            ((HikariPool) pool.getHikariPoolMXBean()).evictConnection(broken); // also of one that is being closed
            await().until(ConnectionsTest::isACloserBlocked);
            start = System.nanoTime();
        }
        closing.join();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("HikariCP alone waits 10 s for itself")
                .isLessThan(Duration.ofSeconds(8));
        assertThat(pool.isClosed()).isTrue();
    }

    /** Pools of other tests may have such threads too, but none of them waits for a lock. */
    private static boolean isACloserBlocked() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("store:connection-closer"))
                .anyMatch(thread -> thread.getState() == Thread.State.BLOCKED);
    }
}
