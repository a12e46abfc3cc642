package io.abgate.registry.store;

import java.util.List;
import java.util.Optional;
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
     * @throws StoreException when the database refuses, or another writer has taken the lease
     * @throws IllegalStateException within the work of another write
     */
    <T> T write(Function<Transaction, T> work);

    /** Shows every event, label and sample to {@code ledger}, in order. */
    void fold(Ledger ledger);

    /** Bytes of an artifact. */
    Optional<byte[]> artifact(String sha256);

    /**
     * The first events after a sequence number, oldest first, so that a reader that goes on from the last one misses
     * none. {@code LABELS} events, of which there is one a commit, come only when their type is asked for.
     */
    List<StoredEvent> events(EventQuery query);

    /** The {@code limit} newest labelled rows of a model up to a sequence number of the ledger, oldest first. */
    List<LabelledSample> newestLabelled(String model, long toSeq, int limit);

    /** The sample of a prediction. */
    Optional<SampleRow> sample(String model, long timeMillis, long nonce);

    /** The label that counts for a prediction. */
    Optional<LabelRow> label(String model, long timeMillis, long nonce);

    /** The last that was said of a prediction, whether it counts or not. */
    Optional<LabelRow> newestLabel(String model, long timeMillis, long nonce);

    /** A job. */
    Optional<JobRow> job(long id);

    /** Jobs that are QUEUED or RUNNING, oldest first. */
    List<JobRow> openJobs();

    /** The exact route table of an epoch, as JSON text. */
    Optional<String> route(String model, long epoch);

    /** Random name of this database; members of a cluster must agree on it. */
    String storeId();

    @Override
    void close();
}
