package io.abgate.model.training;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainingCourse;
import org.jspecify.annotations.Nullable;

/**
 * What came of a training: a network, or the reason why there is none.
 *
 * @param network with finite weights; absent after a failure
 * @param failure one line for a person; absent when there is a network
 * @param firstLoss mean cross-entropy of the first pass
 * @param lastLoss of the last pass that was made
 * @param course how it went; knows nothing of rows that were not usable
 */
public record Trained(
        @Nullable Network network,
        @Nullable String failure,
        double firstLoss,
        double lastLoss,
        TrainingCourse course) {}
