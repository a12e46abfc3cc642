package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Sha256;
import java.time.Instant;
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

    JdbcTransaction(Handle handle, Instant at, long lastSeq) {
        this.handle = handle;
        this.at = at;
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
    public LabelRow label(
            String model, PredictionId id, LabelRow.Kind kind, @Nullable String truth, double score, String source) {
        LabelRow label = new LabelRow(lastSeq + 1, model, id, kind, truth, score, at.toEpochMilli(), source);
        LabelTable.insert(handle, label);
        lastSeq++;
        if (kind == LabelRow.Kind.ACCEPTED && truth != null) {
            SampleTable.labelled(handle, label);
        }
        labels.computeIfAbsent(model, name -> new LabelDigest()).add(label);
        return label;
    }

    @Override
    public @Nullable SampleRow sample(
            String model,
            long timeMillis,
            long nonce,
            SampleRow.Origin origin,
            String input,
            @Nullable String truth,
            List<ShadowAnswer> shadows) {
        SampleRow sample = new SampleRow(lastSeq + 1, model, timeMillis, nonce, origin, input, truth, shadows);
        if (!SampleTable.insert(handle, sample, at)) {
            return null;
        }
        lastSeq++;
        return sample;
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
        handle.createUpdate("INSERT INTO route (model, epoch, route_table) VALUES (:model, :epoch, :table)")
                .bind("model", model)
                .bind("epoch", epoch)
                .bind("table", table)
                .execute();
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    /** Ties the labels to the chain; gives the last sequence number in use. */
    long finish() {
        labels.forEach((model, digest) -> chain(STORE, LabelDigest.EVENT_TYPE, model, digest.toBody()));
        return lastSeq;
    }
}
