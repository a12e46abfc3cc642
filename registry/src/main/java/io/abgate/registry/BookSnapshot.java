package io.abgate.registry;

import io.abgate.registry.policy.ModelSnapshot;

/**
 * What a checkpoint of a model holds.
 *
 * @param highestModelId the largest number that any model had got by then
 */
record BookSnapshot(
        ModelSnapshot model,
        long corrected,
        long expired,
        long liveSamples,
        int highestModelId,
        ReceiptsKept receipts) {}
