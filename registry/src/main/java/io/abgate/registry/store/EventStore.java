package io.abgate.registry.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An append-only store of events, labels and samples with one fenced writer. Events, labels and samples draw their
 * sequence numbers from one counter, so that together they have one order: the ledger. Blocking; a write and the reads
 * that follow it are to be made by one thread. Reads see what is committed, also while a write is under way.
 */
public interface EventStore extends AutoCloseable {
    /**
     * Runs {@code work} in one transaction whose first statement is the fence. Either everything in it is durable when
     * this returns, or nothing is.
     *
     * @throws DeposedException when another writer has taken the lease
     * @throws StoreException when the database refuses
     * @throws IllegalStateException within the work of another write
     */
    <T> T write(Function<Transaction, T> work);

    /**
     * Proves and prolongs the right to write.
     *
     * @throws DeposedException when another writer has taken the lease
     * @throws StoreException when the database refuses
     */
    void renew();

    /** Place of the newest entry of the ledger. */
    long lastSeq();

    /** Shows every event, label and sample to {@code ledger}, in order. */
    default void fold(Ledger ledger) {
        fold(ledger, 0);
    }

    /** Shows what comes after a sequence number, in order. */
    default void fold(Ledger ledger, long afterSeq) {
        fold(ledger, afterSeq, Long.MAX_VALUE);
    }

    /** Shows what lies between two sequence numbers, both excluded, in order. */
    void fold(Ledger ledger, long afterSeq, long beforeSeq);

    /** Where the ACCEPTED labels of a model lie between two sequence numbers, both excluded. */
    LabelSpan labelSpan(String model, long afterSeq, long beforeSeq);

    /** The newest checkpoint of every model that has one. */
    List<Checkpoint> checkpoints();

    /** Walks along the hash chain. Long: to be called away from the writer. */
    LedgerCheck check();

    /** What was answered to an operation with this key, if it has not been forgotten. */
    Optional<AnsweredOperation> answered(String idempotencyKey);

    /** Bytes of an artifact. */
    Optional<byte[]> artifact(String sha256);

    /**
     * The first events after a sequence number, oldest first, so that a reader that goes on from the last one misses
     * none. Bookkeeping, that is {@code LABELS} events, of which there is one a commit, and
     * {@code CHECKPOINT} events, comes only when its type is asked for.
     */
    List<StoredEvent> events(EventQuery query);

    /** The {@code limit} newest labelled rows of a model up to a sequence number of the ledger, oldest first. */
    List<LabelledSample> newestLabelled(String model, long toSeq, int limit);

    /** The {@code limit} newest of the rows that were labelled after a sequence number of the ledger, oldest first. */
    List<LabelledSample> labelledAfter(String model, long afterSeq, int limit);

    /** The sample of a prediction. */
    Optional<SampleRow> sample(String model, long timeMillis, long nonce);

    /**
     * Samples of predictions whose label is asked for, and of which none counts yet, newest first.
     *
     * @param since of their predictions, included
     */
    List<SampleRow> askedFor(String model, Instant since, int limit);

    /** All that was said of a prediction, withdrawn or not, oldest first. */
    List<LabelRow> labels(PredictionKey prediction);

    /** Places in the ledger of the labels of a prediction that were withdrawn. */
    Set<Long> withdrawn(PredictionKey prediction);

    /** The last that was said of each prediction and not withdrawn, whether it counts or not. */
    Map<PredictionKey, LabelRow> newestLabels(Collection<PredictionKey> predictions);

    /** A job. */
    Optional<JobRow> job(long id);

    /** Jobs that are QUEUED or RUNNING, oldest first. */
    List<JobRow> openJobs();

    /** The exact route table of an epoch, as JSON text. */
    Optional<String> route(String model, long epoch);

    /** Random name of this database; members of a cluster must agree on it. */
    String storeId();

    /** Whether other processes can take this store's lease while this one lives. */
    boolean isShared();

    @Override
    void close();
}
