package io.abgate.model.training;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Stopping;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sees that a loss has left for good, which finite numbers may do too. */
final class Divergence {
    private final Stopping stopping;
    private final double limit;
    private int passes;

    private Divergence(Stopping stopping, double limit) {
        this.stopping = stopping;
        this.limit = limit;
    }

    /** The watch over a training from these weights, before its first step. */
    static Divergence from(MeanLoss start, List<Sample> samples, int labels, Stopping stopping) {
        return stopping.divergence() == 0
                ? new Divergence(stopping, Double.POSITIVE_INFINITY)
                : new Divergence(stopping, stopping.divergence() * Math.max(start.of(samples), StrictMath.log(labels)));
    }

    /** Why the training is to end after a pass with this loss; null when it is not. */
    @Nullable
    String passed(int epoch, double loss) {
        passes = loss > limit ? passes + 1 : 0;
        if (passes < stopping.divergedPasses()) {
            return null;
        }
        String what = String.format(Locale.ROOT, "%.3f, too high in %d passes in a row", loss, passes);
        String limits = String.format(Locale.ROOT, "at most %.3f, which is %s times", limit, stopping.divergence());
        return Check.message(
                "loss of epoch " + epoch, what, limits + " what it began with; a lower learning rate may help");
    }
}
