package io.abgate.registry;

import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Stopping;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a training job was ordered to do: all of it durable, so that the same job can be given again.
 *
 * @param parent version to compare with, and to start from if {@code startFromParent}
 * @param epochs passes over the rows
 * @param batch rows of a mini-batch, 0 for full batch
 * @param toSeq place in the ledger up to which the rolling buffer is read
 * @param samples rows given by hand, trained on exactly as given; null takes the rolling buffer
 * @param rollout whether a version that passes the gate goes on by itself
 * @param automatic whether a trigger ordered it
 * @param reason one clause for a person
 * @param stopping when to end before the last pass; absent in ledgers of an earlier abgate, which made every pass
 */
record JobSpec(
        @Nullable Integer parent,
        boolean startFromParent,
        int epochs,
        double learningRate,
        int batch,
        long seed,
        long toSeq,
        @Nullable List<Example> samples,
        boolean rollout,
        boolean automatic,
        String reason,
        @Nullable Stopping stopping) {
    /** The same on the buffer as it is at a place of the ledger. */
    JobSpec at(long seq) {
        return new JobSpec(
                parent,
                startFromParent,
                epochs,
                learningRate,
                batch,
                seed,
                seq,
                samples,
                rollout,
                automatic,
                reason,
                stopping);
    }

    TrainOrder.Plan plan() {
        return new TrainOrder.Plan(
                epochs, learningRate, batch, seed, Objects.requireNonNullElse(stopping, Stopping.NEVER));
    }

    boolean isFirst() {
        return parent == null;
    }
}
