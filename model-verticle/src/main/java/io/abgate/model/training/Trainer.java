package io.abgate.model.training;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Check;
import java.util.List;

/**
 * Gradient descent on the mean cross-entropy, −ln(p + 1e-15), full batch in the order given, with equal
 * inputs merged into one (the same gradient at the cost of the distinct inputs), or in seeded, shuffled mini-batches. The same plan, weights and samples give the same bits on every JDK.
 */
public final class Trainer {
    private final Plan plan;

    /**
     * A trainer that follows this plan.
     *
     * @throws IllegalArgumentException when the plan makes no sense
     */
    public Trainer(Plan plan) {
        Check.that(plan.epochs() > 0, "epochs", plan.epochs(), "a number from 1");
        double rate = plan.learningRate();
        Check.that(rate > 0 && Double.isFinite(rate), "learningRate", rate, "a finite number above 0");
        Check.that(plan.batch() >= 0, "batch", plan.batch(), "a number from 0 (full batch)");
        this.plan = plan;
    }

    /**
     * Trains a copy of a network; a loss or weight that is not finite, or a loss that diverges, ends the training with a
     * failure.
     *
     * @throws IllegalArgumentException when there are no samples
     */
    public Trained train(Network start, List<Sample> samples, Progress progress) {
        Check.that(!samples.isEmpty(), "samples", "none", "at least 1");
        return new Training(plan, start.copy(), samples, progress).run();
    }
}
