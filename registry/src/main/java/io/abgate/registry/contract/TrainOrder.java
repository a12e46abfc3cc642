package io.abgate.registry.contract;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.SuiteCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Train one version and count how right it and its parent are on rows that were not trained on.
 *
 * @param job number of the job
 * @param parent artifact of the parent, if there is one
 * @param startFromParent whether training starts from the parent's weights; else from new seeded ones
 * @param blueprint JSON text for new weights, see {@link io.abgate.registry.domain.ModelSettings#blueprint}
 * @param rows to train on, in this order
 * @param evaluation rows to count on, never trained on; may be empty
 * @param plan how to descend
 * @param suites cases that the new version is run through
 */
public record TrainOrder(
        long job,
        String model,
        @Nullable Artifact parent,
        boolean startFromParent,
        String blueprint,
        List<Example> rows,
        List<Example> evaluation,
        Plan plan,
        List<SuiteCase> suites) {
    public TrainOrder {
        rows = List.copyOf(rows);
        evaluation = List.copyOf(evaluation);
        suites = List.copyOf(suites);
    }

    /**
     * Gradient descent on the mean cross-entropy.
     *
     * @param epochs passes over the rows
     * @param batch rows of a mini-batch, shuffled each pass; 0 is full batch in the order given
     * @param seed of initial weights, shuffles and the choice of watched rows
     * @param stopping when to end before the last pass
     */
    public record Plan(int epochs, double learningRate, int batch, long seed, Stopping stopping) {
        /** One that makes every pass. */
        public Plan(int epochs, double learningRate, int batch, long seed) {
            this(epochs, learningRate, batch, seed, Stopping.NEVER);
        }
    }
}
