package io.abgate.registry;

import io.abgate.registry.domain.Example;
import java.util.List;
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
        String reason) {
    boolean isFirst() {
        return parent == null;
    }
}
