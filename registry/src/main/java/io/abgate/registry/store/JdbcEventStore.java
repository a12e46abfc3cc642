package io.abgate.registry.store;

import com.zaxxer.hikari.HikariDataSource;
import io.abgate.registry.domain.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event store in a relational database. */
final class JdbcEventStore implements EventStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcEventStore.class);

    private static final long LEAST_JUMP = 1_000_000_000_000L;
    private static final long JUMP_PER_MILLISECOND = 100; // more than are written
    private static final Instant JUMPS_SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final Dialect dialect;
    private final Connections connections;
    private final Jdbi jdbi;
    private final @Nullable ProcessLock lock;
    private final InstantSource clock;
    private final Lease lease;
    private final Object writer = new Object();

    private JdbcEventStore(
            Dialect dialect, HikariDataSource pool, Lease lease, @Nullable ProcessLock lock, InstantSource clock) {
        this.dialect = dialect;
        this.connections = new Connections(pool);
        this.jdbi = Jdbi.create(pool);
        this.lock = lock;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Opens a database; the store releases the lock when it closes.
     *
     * @param lock of the process, which the caller holds, where the database needs one
     * @throws LeaseHeldException when another process leads
     * @throws StoreException when it cannot be read or is newer than this abgate
     */
    static JdbcEventStore open(Dialect dialect, @Nullable ProcessLock lock, String holder, InstantSource clock) {
        HikariDataSource pool = dialect.pool();
        try {
            return new JdbcEventStore(dialect, pool, lead(dialect, pool, holder), lock, clock);
        } catch (JdbiException | FlywayException e) {
            pool.close();
            throw dialect.exception(dialect.name() + " cannot be opened", e);
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    /** Only who leads may change a schema that is there. */
    private static Lease lead(Dialect dialect, HikariDataSource pool, String holder) {
        Schema schema = new Schema(dialect.unlimited(pool), dialect.name());
        Jdbi jdbi = Jdbi.create(pool);
        if (schema.isNew()) {
            schema.migrate();
            return Lease.take(jdbi, dialect, holder);
        }
        schema.refuseNewer();
        Lease lease = Lease.take(jdbi, dialect, holder);
        schema.migrate();
        return lease;
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return fenced(work::apply);
    }

    private <T> T fenced(Function<JdbcTransaction, T> work) {
        if (Thread.holdsLock(writer)) {
            throw new IllegalStateException("a write within a write");
        }
        synchronized (writer) {
            return inTransaction("the store cannot write", handle -> fenced(handle, work));
        }
    }

    private <T> T fenced(Handle handle, Function<JdbcTransaction, T> work) {
        long fencedSeq = lease.fence(handle);
        JdbcTransaction transaction = new JdbcTransaction(handle, clock.instant(), fencedSeq);
        T result = work.apply(transaction);
        long lastSeq = transaction.finish();
        if (lastSeq > fencedSeq) {
            lease.count(handle, lastSeq, transaction.head());
        }
        return result;
    }

    /**
     * Moves the sequence number on, past all that a lost future of this ledger can have used, and says so in an event:
     * by a million million, and by a hundred for each millisecond of the clock, so that a backup that is put back twice
     * goes on from different numbers.
     */
    void moveOn() {
        fenced(transaction -> {
            long from = transaction.lastSeq();
            long age = Duration.between(JUMPS_SINCE, clock.instant()).toMillis();
            long to = from + LEAST_JUMP + Math.max(0, age) * JUMP_PER_MILLISECOND;
            transaction.moveOn(to);
            return transaction.append("operator", "RESTORED", "", "{\"from\":" + from + ",\"to\":" + to + "}");
        });
    }

    @Override
    public void renew() {
        write(Transaction::lastSeq);
    }

    @Override
    public long lastSeq() {
        return read(Lease::lastSeq);
    }

    @Override
    public void fold(Ledger ledger, long afterSeq, long beforeSeq) {
        snapshot(handle -> {
            LedgerFold.over(handle, ledger, afterSeq, beforeSeq);
            return ledger;
        });
    }

    @Override
    public LabelSpan labelSpan(String model, long afterSeq, long beforeSeq) {
        return read(handle -> LabelTable.span(handle, model, afterSeq, beforeSeq));
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return read(CheckpointTable::all);
    }

    @Override
    public LedgerCheck check() {
        return snapshot(handle -> new ChainCheck(handle).run());
    }

    @Override
    public Optional<AnsweredOperation> answered(String idempotencyKey) {
        return read(handle -> handle.createQuery("SELECT idempotency_key, fingerprint, status, body"
                        + " FROM answered_operation WHERE idempotency_key = :key")
                .bind("key", idempotencyKey)
                .map((row, context) -> new AnsweredOperation(
                        row.getString("idempotency_key"),
                        row.getString("fingerprint"),
                        row.getInt("status"),
                        row.getString("body")))
                .findOne());
    }

    @Override
    public Optional<byte[]> artifact(String sha256) {
        Optional<byte[]> bytes = read(handle -> handle.createQuery("SELECT bytes FROM artifact WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(byte[].class)
                .findOne());
        bytes.filter(found -> !Sha256.of(found).equals(sha256)).ifPresent(damaged -> {
            throw new StoreException("artifact " + sha256 + " is damaged: restore a backup");
        });
        return bytes;
    }

    @Override
    public List<StoredEvent> events(EventQuery query) {
        return read(handle -> EventTable.find(handle, query));
    }

    @Override
    public List<LabelledSample> newestLabelled(String model, long toSeq, int limit) {
        return read(handle -> SampleTable.newestLabelled(handle, model, 0, toSeq, limit));
    }

    @Override
    public List<LabelledSample> labelledAfter(String model, long afterSeq, int limit) {
        return read(handle -> SampleTable.newestLabelled(handle, model, afterSeq, Long.MAX_VALUE, limit));
    }

    @Override
    public Optional<SampleRow> sample(String model, long timeMillis, long nonce) {
        return read(handle -> SampleTable.find(handle, model, timeMillis, nonce));
    }

    @Override
    public List<SampleRow> askedFor(String model, Instant since, int limit) {
        return read(handle -> SampleTable.askedFor(handle, model, since, limit));
    }

    @Override
    public List<LabelRow> labels(PredictionKey prediction) {
        return read(handle -> LabelTable.all(handle, prediction));
    }

    @Override
    public Set<Long> withdrawn(PredictionKey prediction) {
        return read(handle -> LabelTable.withdrawn(handle, prediction));
    }

    @Override
    public Map<PredictionKey, LabelRow> newestLabels(Collection<PredictionKey> predictions) {
        return read(handle -> LabelLookup.newest(handle, predictions, dialect.isShared()));
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
        return read(handle -> RouteRows.find(handle, model, epoch));
    }

    @Override
    public String storeId() {
        return lease.storeId();
    }

    @Override
    public boolean isShared() {
        return dialect.isShared();
    }

    private <T> T read(HandleCallback<T, RuntimeException> query) {
        return inTransaction("the store cannot read", query);
    }

    /** Reads that see one moment. */
    private <T> T snapshot(HandleCallback<T, RuntimeException> query) {
        return read(handle -> {
            dialect.snapshot(handle);
            return query.withHandle(handle);
        });
    }

    /** Runs on a handle of its own: Jdbi's own shortcut would join a transaction that this thread has open. */
    private <T> T inTransaction(String failure, HandleCallback<T, RuntimeException> work) {
        try (Handle handle = jdbi.open()) {
            return inTransaction(handle, work);
        } catch (JdbiException e) {
            throw dialect.exception(failure, e);
        }
    }

    private <T> T inTransaction(Handle handle, HandleCallback<T, RuntimeException> work) {
        try {
            return handle.inTransaction(work);
        } catch (JdbiException e) {
            // some failures end the transaction by themselves, and driver and pool do not agree on what is left of it
            connections.giveUp(handle.getConnection());
            throw e;
        }
    }

    @Override
    public void close() {
        try (lock;
                connections) {
            release();
        }
    }

    private void release() {
        try {
            if (dialect.isShared()) {
                jdbi.useHandle(lease::release);
            }
        } catch (JdbiException e) {
            LOG.warn(dialect.exception("the lease runs out by itself", e).getMessage());
        }
    }
}
