package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;
import org.jspecify.annotations.Nullable;

/**
 * A label that is to be added to the ledger.
 *
 * @param truth the right label; absent for a reward
 * @param score in [0, 1]: 1 when the answered version was right, or the reward
 * @param source who labelled
 */
public record NewLabel(
        String model,
        PredictionId id,
        LabelRow.Kind kind,
        @Nullable String truth,
        double score,
        String source) {}
