package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The event store in a relational database. */
final class JdbcEventStore implements EventStore {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ProcessLock lock;
    private final InstantSource clock;
    private final Lease lease;
    private final String storeId;
    private final Object writer = new Object();

    private JdbcEventStore(HikariDataSource pool, ProcessLock lock, String holder, InstantSource clock) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.lock = lock;
        this.clock = clock;
        this.lease = jdbi.withHandle(handle -> Lease.take(handle, holder, clock.instant()));
        this.storeId = jdbi.withHandle(Lease::storeId);
    }

    /**
     * Opens a database whose process lock the caller holds; the store releases the lock when it closes.
     *
     * @throws StoreException when it cannot be read or is newer than this abgate
     */
    static JdbcEventStore open(SqliteDialect dialect, ProcessLock lock, String holder, InstantSource clock) {
        HikariDataSource pool = dialect.pool();
        try {
            Schema.migrate(pool, dialect.name());
            return new JdbcEventStore(pool, lock, holder, clock);
        } catch (JdbiException | FlywayException e) {
            pool.close();
            throw StoreException.of(dialect.name() + " cannot be opened", e);
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        if (Thread.holdsLock(writer)) {
            throw new IllegalStateException("a write within a write");
        }
        synchronized (writer) {
            return inTransaction("the store cannot write", handle -> fenced(handle, work));
        }
    }

    private <T> T fenced(Handle handle, Function<Transaction, T> work) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        JdbcTransaction transaction = new JdbcTransaction(handle, at, lease.fence(handle, at));
        T result = work.apply(transaction);
        lease.count(handle, transaction.finish());
        return result;
    }

    @Override
    public void fold(Ledger ledger) {
        read(handle -> {
            LedgerFold.over(handle, ledger);
            return ledger;
        });
    }

    @Override
    public Optional<byte[]> artifact(String sha256) {
        return read(handle -> handle.createQuery("SELECT bytes FROM artifact WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(byte[].class)
                .findOne());
    }

    @Override
    public List<StoredEvent> events(EventQuery query) {
        return read(handle -> EventTable.find(handle, query));
    }

    @Override
    public List<LabelledSample> newestLabelled(String model, long toSeq, int limit) {
        return read(handle -> SampleTable.newestLabelled(handle, model, toSeq, limit));
    }

    @Override
    public Optional<SampleRow> sample(String model, long timeMillis, long nonce) {
        return read(handle -> SampleTable.find(handle, model, timeMillis, nonce));
    }

    @Override
    public Optional<LabelRow> label(String model, long timeMillis, long nonce) {
        return read(handle -> LabelTable.find(handle, model, timeMillis, nonce));
    }

    @Override
    public Optional<LabelRow> newestLabel(String model, long timeMillis, long nonce) {
        return read(handle -> LabelTable.newest(handle, model, timeMillis, nonce));
    }

    @Override
    public Optional<JobRow> job(long id) {
        return read(handle -> JobTable.find(handle, id));
    }

    @Override
    public List<JobRow> openJobs() {
        return read(JobTable::open);
    }

    @Override
    public Optional<String> route(String model, long epoch) {
        return read(
                handle -> handle.createQuery("SELECT route_table FROM route WHERE model = :model AND epoch = :epoch")
                        .bind("model", model)
                        .bind("epoch", epoch)
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public String storeId() {
        return storeId;
    }

    /** The first place where the ledger is not what was written, if there is one. */
    Optional<ChainCheck.Break> firstBreak() {
        return read(handle -> new ChainCheck(handle).firstBreak());
    }

    private <T> T read(HandleCallback<T, RuntimeException> query) {
        return inTransaction("the store cannot read", query);
    }

    /** Runs on a handle of its own: Jdbi's own shortcut would join a transaction that this thread has open. */
    private <T> T inTransaction(String failure, HandleCallback<T, RuntimeException> work) {
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(work);
        } catch (JdbiException e) {
            throw StoreException.of(failure, e);
        }
    }

    @Override
    public void close() {
        try (lock) {
            pool.close();
        }
    }
}
