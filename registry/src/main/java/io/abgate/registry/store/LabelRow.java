package io.abgate.registry.store;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import org.jspecify.annotations.Nullable;

/**
 * A label in the ledger.
 *
 * @param seq its place in the ledger
 * @param id what the prediction id said
 * @param truth the right label; absent for a reward
 * @param score in [0, 1]: 1 when the answered version was right, or the reward
 * @param arrivedAtMillis when it came, since 1970
 * @param source who labelled
 */
public record LabelRow(
        long seq,
        String model,
        PredictionId id,
        Kind kind,
        @Nullable String truth,
        double score,
        long arrivedAtMillis,
        String source) {
    /** How right it says that the prediction was. */
    public Outcome outcome() {
        return new Outcome(id, truth, score);
    }

    /** What counts for what. */
    public enum Kind {
        /** The first label of its prediction: counts. */
        ACCEPTED,
        /** A different label for a labelled prediction: for reporting only. */
        CORRECTION,
        /** Too old: for reporting only. */
        EXPIRED
    }
}
