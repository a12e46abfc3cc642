package io.abgate.registry.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What is peculiar to PostgreSQL: a server that several processes share. A writer that freezes in the middle of a
 * transaction holds the lease's row, so the server ends it after two seconds, and nobody waits longer for a lock.
 */
final class PostgresDialect implements Dialect {
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(2);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 4; // one writes, the others read

    // the server counts a session as idle only between statements: one that froze or was cut off while it sent the
    // rows of one would hold the lease for as long as TCP believes in it
    private static final String END_SILENT_HOLDER = "SELECT pg_terminate_backend(activity.pid) FROM pg_stat_activity AS"
            + " activity JOIN pg_locks AS held ON held.pid = activity.pid WHERE held.relation = 'lease'::regclass"
            + " AND held.mode = 'RowExclusiveLock' AND held.granted AND activity.wait_event = 'ClientRead'"
            + " AND activity.query_start < clock_timestamp() - INTERVAL '" + IDLE_IN_TRANSACTION.toMillis()
            + " milliseconds'";

    private static final String DURABLE =
            "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    private final PostgresUrl url;

    PostgresDialect(PostgresUrl url) {
        this.url = url;
    }

    @Override
    public String name() {
        return url.toString();
    }

    @Override
    public HikariDataSource pool() {
        try {
            HikariConfig config = new HikariConfig();
            config.setPoolName("store");
            config.setDataSource(url.dataSource());
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(1);
            config.setAllowPoolSuspension(true); // see Connections
            config.setConnectionTimeout(PATIENCE.toMillis());
            config.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION.toMillis()
                    + "; SET lock_timeout = " + LOCK_TIMEOUT.toMillis() + DURABLE);
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw exception(name() + " cannot be opened", e);
        }
    }

    @Override
    public DataSource unlimited(HikariDataSource pool) {
        PGSimpleDataSource dataSource = url.dataSource();
        dataSource.setSocketTimeout(0);
        return dataSource;
    }

    @Override
    public String nowMillis() {
        return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void snapshot(Handle handle) {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        // it holds nothing that a writer waits for
        handle.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    }

    @Override
    public void endSilentHolder(Handle handle) {
        handle.createQuery(END_SILENT_HOLDER).mapTo(Boolean.class).list();
    }

    @Override
    public @Nullable String meaning(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case "53100" -> "database or disk is full";
            case "25006" -> "database is read-only";
            case "55P03" -> "database is locked by another process";
            case "25P03" -> "the server ended a transaction that stood still";
            case "58030" -> "the server's disk failed";
            default -> state.startsWith("08") || state.startsWith("57P") ? "no connection to the server" : null;
        };
    }

    @Override
    public boolean isLocked(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }
}
