package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What tells one kind of database from another. */
interface Dialect {
    /** The database's name in messages to people, without a password. */
    String name();

    /**
     * New connections to it, pooled.
     *
     * @throws StoreException when the first one cannot be made
     */
    HikariDataSource pool();

    /** Connections without the limits on time that a migration must not have. */
    DataSource unlimited(HikariDataSource pool);

    /** SQL expression: the time by the database's own clock, in milliseconds since 1970. */
    String nowMillis();

    /** Whether other processes, maybe on other machines, can write to it at the same time. */
    boolean isShared();

    /** Makes the transaction that has just begun one that reads, and sees one moment, however long it takes. */
    void snapshot(Handle handle);

    /** What a failure means, in one clause; null when its own message says it best. */
    @Nullable
    String meaning(SQLException failure);

    /** Ends a session that has locked the lease's row and has been silent for seconds in the middle of a statement. */
    void endSilentHolder(Handle handle);

    /** Whether somebody else has locked what was asked for. */
    boolean isLocked(SQLException failure);

    /** A failure in words for people. */
    default StoreException exception(String what, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String meaning = cause instanceof SQLException sql ? meaning(sql) : null;
            if (meaning != null) {
                return new StoreException(what + ": " + meaning, failure);
            }
        }
        return StoreException.of(what, failure);
    }

    /** How long a pool waits for a connection: less than the lease lasts. */
    Duration PATIENCE = Duration.ofSeconds(3);
}
