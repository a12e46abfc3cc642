package io.abgate.registry.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is peculiar to SQLite: a file, its pragmas, and few connections. */
final class SqliteDialect implements Dialect {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 4; // one writes, the others read its last commit
    private static final int PRIMARY_CODE = 0xff; // the rest of a result code says more of the same

    private final Path file;
    private final boolean readOnly;

    SqliteDialect(Path file) {
        this(file, false);
    }

    private SqliteDialect(Path file, boolean readOnly) {
        this.file = file;
        this.readOnly = readOnly;
    }

    /** The same file, to look at only. */
    SqliteDialect readOnly() {
        return new SqliteDialect(file, true);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(dataSource());
        config.setReadOnly(readOnly);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setAllowPoolSuspension(true); // see Connections
        config.setConnectionTimeout(PATIENCE.toMillis());
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw exception(file + " cannot be opened", e);
        }
    }

    private SQLiteDataSource dataSource() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(BUSY_TIMEOUT.toMillis()));
        config.setReadOnly(readOnly);
        if (!readOnly) {
            config.setJournalMode(JournalMode.WAL);
            // in WAL mode only FULL makes a commit survive a power failure
            config.setSynchronous(SynchronousMode.FULL);
            config.enforceForeignKeys(true);
        }
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource;
    }

    @Override
    public DataSource unlimited(HikariDataSource pool) {
        return pool;
    }

    @Override
    public String nowMillis() {
        return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void snapshot(Handle handle) {
        // every transaction of SQLite is one
    }

    @Override
    public void endSilentHolder(Handle handle) {
        // its only other processes read, or hold its file's lock by mistake
    }

    @Override
    public @Nullable String meaning(SQLException failure) {
        return switch (code(failure)) {
            case SQLITE_FULL -> "database or disk is full";
            case SQLITE_READONLY -> "database is read-only";
            case SQLITE_BUSY, SQLITE_LOCKED -> "database is locked by another process";
            case SQLITE_IOERR -> "the disk failed (" + failure.getMessage() + ")";
            case SQLITE_CORRUPT -> "database file is damaged: restore a backup";
            default -> null;
        };
    }

    @Override
    public boolean isLocked(SQLException failure) {
        return code(failure) == SQLiteErrorCode.SQLITE_BUSY;
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
