package io.abgate.registry.store;

import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store while it is used, puts a copy back, and looks whether a store is whole.
 *
 * <p>What was written after a backup is lost when it is put back, but nodes may still know it: route tables carry
 * sequence numbers, and older ones are ignored. So a store that was put back goes on with far larger numbers than the
 * lost future can have had, and an event {@code RESTORED} says so. Gaps in the numbers are allowed.
 */
public final class Backups {
    private static final String HOLDER = "restore";

    private Backups() {}

    /**
     * Copies a SQLite database into a file with mode 0600, also while a server uses it, and checks the copy. A copy
     * that does not check stays, for a person to look at.
     *
     * @param file that is made; it must not exist
     * @return what the check of the copy found
     * @throws IllegalArgumentException for PostgreSQL, which has tools of its own, and when the file exists
     * @throws StoreException when there is no database, or the copy cannot be written
     */
    public static LedgerCheck backup(String url, Path home, Path file) {
        Stores.requireUrl(url);
        Check.that(!Stores.isPostgres(url), "store.url", "PostgreSQL", "sqlite:…; use pg_dump for this one");
        Path database = existing(url, home);
        Path copy = file.toAbsolutePath();
        try {
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(Check.message("backup", copy, "a file that is not there yet"), e);
        } catch (IOException e) {
            throw StoreException.of(copy + " cannot be written", e);
        }
        fill(copy, database);
        return ReadOnlyStore.check(new SqliteDialect(copy).readOnly());
    }

    private static void fill(Path copy, Path database) {
        try {
            ReadOnlyStore.copy(new SqliteDialect(database).readOnly(), copy);
            force(copy);
            force(copy.resolveSibling(""));
        } catch (IOException e) {
            throw StoreException.of(copy + " cannot be written", e);
        } catch (StoreException e) {
            copy.toFile().delete(); // half of a copy is of no use to anybody
            throw e;
        }
    }

    /**
     * Puts a backup in the place of a store, and moves the sequence numbers on. For PostgreSQL the database was put back
     * by {@code pg_restore} before, and only the rest is done.
     *
     * @param file that {@link #backup} made; null for PostgreSQL
     * @return what the check of the restored store found
     * @throws IllegalArgumentException when there is a database already, or no backup
     * @throws StoreException when the backup is broken, or a process uses the store
     */
    public static LedgerCheck restore(@Nullable Path file, String url, Path home) {
        if (Stores.isPostgres(url)) {
            Check.that(file == null, "backup", String.valueOf(file), "none for PostgreSQL: use pg_restore, then this");
            return moveOn(Stores.postgres(url), Stores.postgres(url).name());
        }
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(Check.message("backup", String.valueOf(file), "a file"));
        }
        Path database = Stores.file(url, home);
        ProcessLock lock = ProcessLock.acquire(database, HOLDER);
        try (lock) {
            requireNothingAt(database);
            return restore(file.toAbsolutePath(), database);
        } catch (IOException e) {
            throw StoreException.of(database + " cannot be restored", e);
        }
    }

    private static void requireNothingAt(Path database) {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Path file = database.resolveSibling(database.getFileName() + suffix);
            Check.that(!Files.exists(file), "store.url", file, "no database there: move it away");
        }
    }

    /** All is done on a copy under another name, so that there is either a whole restored store or none. */
    private static LedgerCheck restore(Path file, Path database) throws IOException {
        Path folder = Files.createTempDirectory(database.resolveSibling(""), ".restore-");
        Path copy = folder.resolve("copy.db");
        try {
            Files.copy(file, copy);
            LedgerCheck check = moveOn(new SqliteDialect(copy), file.toString());
            requireInOneFile(copy);
            force(copy);
            Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
            force(database.resolveSibling(""));
            return check;
        } finally {
            for (Path rest : new Path[] {copy, folder.resolve("copy.db-wal"), folder.resolve("copy.db-shm"), folder}) {
                Files.deleteIfExists(rest);
            }
        }
    }

    /** Whoever closes a database last moves what is beside it into it, and is silent when it cannot. */
    private static void requireInOneFile(Path copy) throws IOException {
        Path rest = copy.resolveSibling(copy.getFileName() + "-wal");
        if (Files.exists(rest) && Files.size(rest) > 0) {
            throw new IOException(copy + " could not be brought up to date: is the disk full?");
        }
    }

    private static LedgerCheck moveOn(Dialect dialect, String name) {
        InstantSource clock = InstantSource.system();
        try (JdbcEventStore store = JdbcEventStore.open(dialect, null, HOLDER, clock)) {
            requireWhole(store.check(), name);
            store.moveOn();
            return store.check();
        }
    }

    private static void requireWhole(LedgerCheck check, String name) {
        check.broken().ifPresent(broken -> {
            throw new StoreException(name + " is broken at event " + broken.seq() + ": " + broken.reason());
        });
    }

    /**
     * Looks whether a store is whole, also while a server uses it; changes nothing.
     *
     * @throws StoreException when there is no database of this version of abgate
     */
    public static LedgerCheck check(String url, Path home) {
        Stores.requireUrl(url);
        return ReadOnlyStore.check(
                Stores.isPostgres(url) ? Stores.postgres(url) : new SqliteDialect(existing(url, home)).readOnly());
    }

    private static Path existing(String url, Path home) {
        Path database = Stores.fileOf(url, home);
        if (!Files.isRegularFile(database)) {
            throw new StoreException(database + ": there is no database");
        }
        return database;
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
