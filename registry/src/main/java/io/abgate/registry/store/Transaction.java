package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be written. Valid within {@link EventStore#write} only. */
public interface Transaction {
    /**
     * Appends an event to the hash chain.
     *
     * @param type any but {@code LABELS}: such an event the store itself appends at the end of the transaction, one a
     *     model, to cover the labels that were added
     * @param body JSON text, an object
     */
    StoredEvent append(String actor, String type, String model, String body);

    /** Adds labels to the ledger; the caller has made sure that an ACCEPTED one is the first of its prediction. */
    List<LabelRow> labels(List<NewLabel> labels);

    /**
     * Withdraws the labels of a model that a source gave within a time and that were not withdrawn yet. The next
     * entry of the ledger must be the event that covers them.
     *
     * @param from of their arrival, included
     * @param to of their arrival, excluded
     * @return those that were withdrawn, in order
     */
    List<LabelRow> withdraw(String model, Instant from, Instant to, String source);

    /** Keeps what is answered to an operation with a key. */
    void answered(AnsweredOperation answer);

    /** Forgets what was answered to operations before a time. */
    void forgetAnswers(Instant before);

    /**
     * Forgets inputs of applications: of those that arrived before a time and are not among the newest labelled ones,
     * the ones without shadow answers are deleted, and the others lose their input.
     *
     * @param buffer how many of the newest labelled samples of the model stay, whatever their age
     * @param limit how many rows at most are touched
     * @return how many rows were touched
     */
    int prune(String model, Instant before, int buffer, int limit);

    /** Keeps the state of a model in place of its former checkpoint, and appends the event that covers it. */
    void checkpoint(Checkpoint checkpoint);

    /**
     * Adds a sample. One that is there already (same model, time and nonce) is left as it is.
     *
     * @param origin where it comes from
     * @param truth its label where it came with one, as seed rows do
     * @param asked what is needed to ask for its label, where it is asked for
     * @return the stored row, or null when it was there
     */
    @Nullable
    SampleRow sample(
            String model,
            long timeMillis,
            long nonce,
            SampleRow.Origin origin,
            String input,
            @Nullable String truth,
            List<ShadowAnswer> shadows,
            @Nullable Asked asked);

    /** Adds a sample whose label is not asked for; see above. */
    @Nullable
    default SampleRow sample(
            String model,
            long timeMillis,
            long nonce,
            SampleRow.Origin origin,
            String input,
            @Nullable String truth,
            List<ShadowAnswer> shadows) {
        return sample(model, timeMillis, nonce, origin, input, truth, shadows, null);
    }

    /**
     * Stores an artifact under its SHA-256; storing it again changes nothing.
     *
     * @throws IllegalArgumentException when it is not that of the bytes
     */
    void artifact(String sha256, byte[] bytes);

    /** A new job, QUEUED. */
    JobRow newJob(String model, String body);

    /**
     * Changes a job's state and body.
     *
     * @throws IllegalArgumentException when there is no such job
     */
    void job(long id, JobRow.State state, String body);

    /** Keeps the exact route table of an epoch, as JSON text; an epoch has one, once. */
    void route(String model, long epoch, String table);

    /** Place of the newest entry of the ledger. */
    long lastSeq();
}
