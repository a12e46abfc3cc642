package io.abgate.registry;

import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.policy.OfflineGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a training job.
 *
 * @param version that was stored, if any
 * @param says one clause for a person
 * @param usedRows usable rows, watched ones among them
 * @param droppedRows rows that were not usable
 * @param firstLoss mean cross-entropy of the first pass; null when there was none
 * @param lastLoss of the last pass
 * @param candidate counts of the new version on rows that it was not trained on
 * @param parent counts of its parent on the same rows
 * @param gates what each rule of the offline gate said
 * @param course how the training went; absent in ledgers of an earlier abgate, and when there was none
 */
record JobResult(
        @Nullable Integer version,
        String says,
        int usedRows,
        int droppedRows,
        @Nullable Double firstLoss,
        @Nullable Double lastLoss,
        @Nullable Evaluation candidate,
        @Nullable Evaluation parent,
        List<OfflineGate.Finding> gates,
        @Nullable TrainingCourse course) {}
