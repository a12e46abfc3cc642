package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A database that somebody else may be using, to look at: no lease, no lock, no migration. */
final class ReadOnlyStore {
    private ReadOnlyStore() {}

    /**
     * Checks the whole of it at one moment.
     *
     * @throws StoreException when it is no database of this version
     */
    static LedgerCheck check(Dialect dialect) {
        return with(dialect, pool -> Jdbi.create(pool).inTransaction(handle -> {
            dialect.snapshot(handle);
            return new ChainCheck(handle).run();
        }));
    }

    /** Copies a SQLite database into an empty file. */
    static void copy(SqliteDialect dialect, Path empty) {
        with(dialect, pool -> Jdbi.create(pool)
                .withHandle(handle -> handle.execute("VACUUM INTO ?", empty.toString())));
    }

    private static <T> T with(Dialect dialect, Function<HikariDataSource, T> work) {
        try (HikariDataSource pool = dialect.pool()) {
            new Schema(dialect.unlimited(pool), dialect.name()).requireCurrent();
            return work.apply(pool);
        } catch (JdbiException | FlywayException e) {
            throw dialect.exception(dialect.name() + " cannot be read", e);
        }
    }
}
