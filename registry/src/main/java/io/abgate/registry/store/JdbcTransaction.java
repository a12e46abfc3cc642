package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Numbers, chains and inserts what one transaction writes; everything in it has one time. */
final class JdbcTransaction implements Transaction {
    private static final String STORE = "registry";

    private final Handle handle;
    private final Instant at;
    private final Map<String, LabelDigest> labels = new LinkedHashMap<>();
    private long lastSeq;
    private @Nullable String lastHash;
    private @Nullable SampleInsert samples;

    JdbcTransaction(Handle handle, Instant at, long lastSeq) {
        this.handle = handle;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
        this.lastSeq = lastSeq;
    }

    @Override
    public StoredEvent append(String actor, String type, String model, String body) {
        Check.that(!type.equals(LabelDigest.EVENT_TYPE), "type", type, "any other, as the store appends these itself");
        return chain(actor, type, model, body);
    }

    private StoredEvent chain(String actor, String type, String model, String body) {
        ChainLink link = ChainLink.after(lastHash(), new StoredEvent(lastSeq + 1, at, actor, type, model, body));
        EventTable.insert(handle, link);
        lastSeq++;
        lastHash = link.hash();
        return link.event();
    }

    private String lastHash() {
        return lastHash != null ? lastHash : EventTable.newestHash(handle).orElse(ChainLink.GENESIS);
    }

    @Override
    public List<LabelRow> labels(List<NewLabel> added) {
        List<LabelRow> rows = added.stream().map(this::number).toList();
        LabelTable.insert(handle, rows);
        SampleTable.labelled(handle, rows);
        rows.forEach(label ->
                labels.computeIfAbsent(label.model(), name -> new LabelDigest()).add(label));
        return rows;
    }

    private LabelRow number(NewLabel added) {
        return new LabelRow(
                ++lastSeq,
                added.model(),
                added.id(),
                added.kind(),
                added.truth(),
                added.score(),
                at.toEpochMilli(),
                added.source());
    }

    @Override
    public List<LabelRow> withdraw(String model, Instant from, Instant to, String source) {
        List<LabelRow> withdrawn = LabelTable.withdraw(handle, model, from, to, source, lastSeq + 1);
        SampleTable.unlabelled(handle, withdrawn);
        return withdrawn;
    }

    @Override
    public void answered(AnsweredOperation answer) {
        handle.createUpdate("INSERT INTO answered_operation (idempotency_key, fingerprint, status, body, at_millis)"
                        + " VALUES (:idempotencyKey, :fingerprint, :status, :body, :at)")
                .bindMethods(answer)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void forgetAnswers(Instant before) {
        handle.createUpdate("DELETE FROM answered_operation WHERE at_millis < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    @Override
    public int prune(String model, Instant before, int buffer, int limit) {
        return new Pruning(handle, model, before).run(buffer, limit);
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        CheckpointTable.put(handle, checkpoint);
        chain(STORE, CheckpointTable.EVENT_TYPE, checkpoint.model(), CheckpointTable.toBody(checkpoint));
    }

    @Override
    public @Nullable SampleRow sample(
            String model,
            long timeMillis,
            long nonce,
            SampleRow.Origin origin,
            String input,
            @Nullable String truth,
            List<ShadowAnswer> shadows,
            @Nullable Asked asked) {
        SampleRow sample = new SampleRow(lastSeq + 1, model, timeMillis, nonce, origin, input, truth, shadows, asked);
        if (!samples().add(sample, at)) {
            return null;
        }
        lastSeq++;
        return sample;
    }

    /** Ends with the transaction: {@link #finish}, or with its connection where that is rolled back. */
    private SampleInsert samples() {
        SampleInsert prepared = samples;
        if (prepared == null) {
            prepared = new SampleInsert(handle);
            samples = prepared;
        }
        return prepared;
    }

    @Override
    public void artifact(String sha256, byte[] bytes) {
        Check.that(sha256.equals(Sha256.of(bytes)), "sha256", sha256, "that of the bytes");
        handle.createUpdate("INSERT INTO artifact (sha256, bytes, size_bytes, created_at_millis)"
                        + " VALUES (:sha256, :bytes, :size, :at) ON CONFLICT (sha256) DO NOTHING")
                .bind("sha256", sha256)
                .bind("bytes", bytes)
                .bind("size", bytes.length)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public JobRow newJob(String model, String body) {
        JobRow job = new JobRow(JobTable.nextId(handle), model, JobRow.State.QUEUED, body, at, at);
        JobTable.insert(handle, job);
        return job;
    }

    @Override
    public void job(long id, JobRow.State state, String body) {
        JobTable.update(handle, id, state, body, at);
    }

    @Override
    public void route(String model, long epoch, String table) {
        RouteRows.insert(handle, model, epoch, table);
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    /** Hash of the newest event that this one appended; null while there is none. */
    @Nullable
    String head() {
        return lastHash;
    }

    /** Leaves out numbers, so that what follows has larger ones than {@code seq}. */
    void moveOn(long seq) {
        Check.that(seq >= lastSeq, "seq", seq, "no smaller than " + lastSeq);
        lastSeq = seq;
    }

    /** Ties the labels to the chain; gives the last sequence number in use. */
    long finish() {
        if (samples != null) {
            samples.close();
        }
        labels.forEach((model, digest) -> chain(STORE, LabelDigest.EVENT_TYPE, model, digest.toBody()));
        return lastSeq;
    }
}
