package io.abgate.registry.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** What is peculiar to SQLite: a file, its pragmas, and few connections. */
final class SqliteDialect {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 4; // one writes, the others read its last commit

    private final Path file;

    SqliteDialect(Path file) {
        this.file = file;
    }

    /** The database's name in messages to people. */
    String name() {
        return file.toString();
    }

    /**
     * New connections to it, pooled.
     *
     * @throws StoreException when the first one cannot be made
     */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(dataSource());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw StoreException.of(file + " cannot be opened", e);
        }
    }

    private SQLiteDataSource dataSource() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // in WAL mode only FULL makes a commit survive a power failure
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(BUSY_TIMEOUT.toMillis()));
        config.enforceForeignKeys(true);
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource;
    }
}
