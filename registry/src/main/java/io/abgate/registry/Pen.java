package io.abgate.registry;

import io.abgate.registry.store.DeposedException;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.Transaction;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write to the store. Knows when a write last succeeded and whether another leads; after a write that
 * failed it writes no more until it is known what became of it. To be used by the writer thread, but for
 * {@link #silentNanos}.
 */
final class Pen {
    private static final long UNKNOWN = -1;
    private static final Duration RENEWAL = Duration.ofSeconds(1);

    private final EventStore store;
    private final LongSupplier nanoClock;
    private Runnable readAgain = () -> {};
    private volatile long succeededNanos;
    private long seqBefore = UNKNOWN;
    private boolean deposed;
    private @Nullable Throwable doubt;

    Pen(EventStore store, LongSupplier nanoClock) {
        this.store = store;
        this.nanoClock = nanoClock;
        this.succeededNanos = nanoClock.getAsLong();
    }

    EventStore store() {
        return store;
    }

    /** What is to be done when the store holds something else than was folded. */
    void onSurprise(Runnable reading) {
        readAgain = reading;
    }

    /**
     * Runs {@code work} in one transaction.
     *
     * @throws StoreException as the store does, and while nobody knows what became of an earlier write
     */
    <T> T write(Function<Transaction, T> work) {
        if (doubt != null) {
            throw new StoreException("an earlier write failed: " + doubt.getMessage(), doubt);
        }
        seqBefore = UNKNOWN;
        return proven(() -> store.write(transaction -> {
            seqBefore = transaction.lastSeq();
            return work.apply(transaction);
        }));
    }

    /** Proves the right to write, unless something has done so within the last second. */
    void renew() {
        renew(RENEWAL.toNanos());
    }

    /** Proves the right to write, unless a write has done so this lately. */
    void renew(long everyNanos) {
        if (silentNanos() >= everyNanos) {
            seqBefore = UNKNOWN;
            proven(() -> {
                store.renew();
                return store;
            });
        }
    }

    private <T> T proven(Supplier<T> work) {
        long begunNanos = nanoClock.getAsLong();
        try {
            T result = work.get();
            succeededNanos = begunNanos; // the lease may count from there
            return result;
        } catch (DeposedException e) {
            deposed = true;
            throw e;
        } catch (RuntimeException | Error e) {
            if (seqBefore != UNKNOWN) { // else nothing of it reached the store
                doubt = e;
            }
            throw e;
        }
    }

    /** What was committed could not be folded, so it must be read again. */
    void missed(Throwable failure) {
        doubt = failure;
    }

    /** Whether something may have been committed that was not folded. */
    boolean isInDoubt() {
        return doubt != null;
    }

    /**
     * Finds out what became of a write that failed, if one did, and reads the store again if it was committed.
     *
     * @throws StoreException when the store cannot say
     */
    void settleDoubt() {
        if (doubt == null) {
            return;
        }
        if (seqNow() != seqBefore) {
            readAgain.run();
        }
        doubt = null;
    }

    /**
     * The fence waits for a transaction of ours that the server may still be committing; a file's commit is over when it
     * fails, and reading is enough.
     */
    private long seqNow() {
        if (!store.isShared()) {
            return store.lastSeq();
        }
        try {
            return store.write(Transaction::lastSeq);
        } catch (DeposedException e) {
            deposed = true;
            throw e;
        }
    }

    /** Whether a write found that another leads. */
    boolean isDeposed() {
        return deposed;
    }

    /** How long nothing has proven the right to write. Safe for all threads. */
    long silentNanos() {
        return nanoClock.getAsLong() - succeededNanos;
    }
}
