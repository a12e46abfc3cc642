package io.abgate.registry.contract;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.SuiteSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a worker made of a job: an artifact, or a failure that says why there is none.
 *
 * @param worker who did it
 * @param trained the new version; absent when training failed or made non-finite weights
 * @param failure one line for a person; absent when there is a version
 * @param usedRows usable rows, watched ones among them
 * @param droppedRows rows that were not usable
 * @param firstLoss mean cross-entropy of the first pass
 * @param lastLoss of the last pass
 * @param candidate counts of the new version; absent without evaluation rows
 * @param parent counts of the parent on the same rows; absent without a parent
 * @param suites how the new version did in the model's suites; absent without suites or without a version
 * @param course how the training went, pass by pass
 */
public record JobOutcome(
        long job,
        String worker,
        @Nullable Inspection trained,
        @Nullable String failure,
        int usedRows,
        int droppedRows,
        double firstLoss,
        double lastLoss,
        @Nullable Evaluation candidate,
        @Nullable Evaluation parent,
        @Nullable SuiteSummary suites,
        TrainingCourse course) {}
