package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.LabelsVoided;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.labels.Labelled;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.SampleRow;
import java.util.ArrayList;
import java.util.List;

/** A model's state with the counts that no decision rests on. */
final class Book {
    final ModelFold fold;
    final ModelState state;
    /** Up to where the ledger was folded when it began. */
    final long through;

    private final List<Outcome> pending = new ArrayList<>();
    private long pendingMillis;
    private long corrected;
    private long expired;
    private long liveSamples;
    private ReceiptsKept receipts = ReceiptsKept.NONE;

    Book(ModelSettings settings) {
        this.fold = new ModelFold(settings);
        this.state = fold.state();
        this.through = 0;
    }

    Book(Checkpoints.Kept kept) {
        this.fold = kept.fold();
        this.state = fold.state();
        this.through = kept.seq();
        this.corrected = kept.snapshot().corrected();
        this.expired = kept.snapshot().expired();
        this.liveSamples = kept.snapshot().liveSamples();
        this.receipts = kept.snapshot().receipts();
    }

    BookSnapshot snapshot(int highestModelId) {
        return new BookSnapshot(fold.snapshot(), corrected, expired, liveSamples, highestModelId, receipts);
    }

    /** Labels that correct an earlier one. */
    long corrected() {
        return corrected;
    }

    /** Labels that came too late. */
    long expired() {
        return expired;
    }

    /** Inputs of applications that are stored. */
    long liveSamples() {
        return liveSamples;
    }

    /** What is known of its receipts. */
    ReceiptsKept receipts() {
        return receipts;
    }

    /** The next label; those that count wait for the end of their group. */
    void label(LabelRow label) {
        pendingMillis = Math.max(pendingMillis, label.arrivedAtMillis());
        switch (label.kind()) {
            case ACCEPTED -> pending.add(label.outcome());
            case CORRECTION -> corrected++;
            case EXPIRED -> expired++;
        }
        if (label.outcome().isEvidence()) {
            record(label);
        }
    }

    private void record(LabelRow label) {
        LabelRecord labels = state.labels();
        PredictionId id = label.id();
        switch (label.kind()) {
            case ACCEPTED ->
                labels.labelled(new Labelled(
                        id.process(),
                        id.assigned(),
                        id.timeMillis(),
                        label.arrivedAtMillis(),
                        label.outcome().assignedScore(),
                        id.has(PredictionId.AUDIT)));
            case CORRECTION -> labels.corrected(id.assigned());
            case EXPIRED -> labels.expired(id.assigned());
        }
    }

    /** The labels that were committed together are all there. */
    void group() {
        fold.outcomes(List.copyOf(pending), pendingMillis);
        pending.clear();
        pendingMillis = 0; // of one group: a checkpoint knows nothing of those before
    }

    void sample(SampleRow sample) {
        liveSamples += sample.origin() == SampleRow.Origin.LIVE ? 1 : 0;
        if (sample.asked() != null) {
            state.labels()
                    .asked(PredictionId.process(sample.nonce()), sample.asked().version(), sample.timeMillis());
        }
        sample.shadows()
                .forEach(answer ->
                        fold.shadowAnswer(sample.timeMillis(), sample.nonce(), answer.version(), answer.label()));
    }

    /** What a change does to the counts, and what it tells of receipts. */
    void counts(Change change, long seq) {
        receipts = receipts.after(change, seq);
        if (change instanceof LabelsVoided voided) {
            corrected -= voided.corrected();
            expired -= voided.expired();
        }
        if (change instanceof SamplesPruned pruned) { // a replay no longer sees the rows that were deleted
            liveSamples = pruned.stored();
        }
    }
}
