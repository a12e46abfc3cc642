package io.abgate.registry.domain;

/**
 * When a training ends before its last pass. A pass has diverged when its mean loss is above {@code divergence} times
 * the larger of the loss before any step and that of guessing, ln(labels).
 *
 * @param oneIn one row in so many is not trained on but watched, and the best weights on those rows are kept; 0 is none
 * @param patience passes without a better loss on the watched rows that end the training
 * @param divergence see above; 0 is never
 * @param divergedPasses so many in a row end the training without a version
 */
public record Stopping(int oneIn, int patience, double divergence, int divergedPasses) {
    /** Every pass is made, come what may, as long as numbers are finite. */
    public static final Stopping NEVER = new Stopping(0, 1, 0, 1);
    /** As in a model's file that says nothing of it. */
    public static final Stopping DEFAULT = new Stopping(0, 3, 3, 3);

    public Stopping {
        Check.that(oneIn == 0 || oneIn >= 2, "training.earlyStop.oneIn", oneIn, "0 (off) or from 2");
        Check.that(patience > 0, "training.earlyStop.patience", patience, "a number from 1");
        Check.that(
                divergence == 0 || (divergence > 1 && Double.isFinite(divergence)),
                "training.divergence.factor",
                divergence,
                "0 (off) or a finite number above 1");
        Check.that(divergedPasses > 0, "training.divergence.passes", divergedPasses, "a number from 1");
    }

    /** The same without watched rows. */
    public Stopping withoutEarlyStop() {
        return new Stopping(0, patience, divergence, divergedPasses);
    }
}
