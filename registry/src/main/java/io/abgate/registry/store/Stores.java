package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens event stores by their url. */
public final class Stores {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final String SQLITE = "sqlite:";
    private static final String DEFAULT_FILE = "abgate.db";

    private Stores() {}

    /**
     * Opens the store, makes it when it is not there, brings its schema up to date and takes its lease.
     *
     * @param url {@code sqlite:} for {@code abgate.db} in {@code home}, or {@code sqlite:/path/file.db}; a relative path
     *     is one below {@code home}; or {@code postgresql://[user[:password]@]host[:port]/database[?parameters]}, where
     *     {@code PGUSER} and {@code PGPASSWORD} of the environment stand in for what is left out
     * @param holder who takes the lease, in words that help a person to find the process
     * @throws IllegalArgumentException when the url names no database that abgate knows
     * @throws LeaseHeldException when another process leads on a database that processes share; to be tried again
     * @throws StoreException when another process has the store, it was written by a newer abgate, or it cannot be read
     */
    public static EventStore open(String url, Path home, String holder, InstantSource clock) {
        if (isPostgres(url)) {
            return JdbcEventStore.open(postgres(url), null, holder, clock);
        }
        Path file = file(url, home);
        ProcessLock lock = ProcessLock.acquire(file, holder);
        try {
            return JdbcEventStore.open(new SqliteDialect(file), lock, holder, clock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Loads what opening a store of this url takes, so that a process which has to wait for something else first opens
     * it sooner. Changes nothing, and says nothing of what is wrong: who opens the store does, and names it.
     */
    public static void prepare(String url) {
        if (isPostgres(url)) {
            return;
        }
        Dialect nowhere = new SqliteDialect(Path.of(":memory:"));
        try (HikariDataSource pool = nowhere.pool()) {
            new Schema(pool, nowhere.name()).isNew();
            Jdbi.create(pool).useHandle(handle -> handle.createQuery("SELECT :one")
                    .bind("one", 1)
                    .mapTo(Long.class)
                    .one());
        } catch (StoreException | JdbiException | FlywayException e) {
            LOG.debug("not prepared: {}", e.getMessage());
        }
    }

    /**
     * Refuses a url that names no database, without opening it; a password in it is not repeated.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static void requireUrl(String url) {
        if (isPostgres(url)) {
            postgres(url);
        } else {
            Check.that(url.startsWith(SQLITE), "store.url", shown(url), "sqlite:, sqlite:FILE or postgresql://…");
        }
    }

    /** What cannot be read may hold a password. */
    private static String shown(String url) {
        return url.contains("@") ? "…" : url;
    }

    static boolean isPostgres(String url) {
        return url.startsWith(PostgresUrl.SCHEME);
    }

    static PostgresDialect postgres(String url) {
        return new PostgresDialect(PostgresUrl.parse(url, System.getenv()));
    }

    /** The file of a SQLite url, by its one true path. */
    static Path file(String url, Path home) {
        requireUrl(url);
        return existing(fileOf(url, home));
    }

    /** The file of a SQLite url, whether it is there or not. */
    static Path fileOf(String url, Path home) {
        String path = url.substring(SQLITE.length());
        return home.resolve(path.isEmpty() ? DEFAULT_FILE : path).toAbsolutePath();
    }

    /** The file's one true path, so that two names of one file are not taken for two stores. */
    private static Path existing(Path file) {
        Check.that(!Files.isDirectory(file), "store.url", file, "a file, not a folder");
        try {
            if (Files.exists(file)) {
                return file.toRealPath();
            }
            Path folder = file.resolveSibling("");
            return Files.createDirectories(folder).toRealPath().resolve(folder.relativize(file));
        } catch (IOException e) {
            throw StoreException.of(file + " cannot be opened", e);
        }
    }
}
