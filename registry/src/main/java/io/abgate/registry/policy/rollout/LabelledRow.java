package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;

/**
 * A labelled prediction of the experiment, and in the shadow phase what the shadow said to the same input.
 *
 * @param timeMillis when it was predicted
 * @param nonce tells it from others of the same time
 * @param keyHash of its routing key in the running experiment; of a random number where there was no key
 * @param assigned version that the split chose
 * @param share that the assigned version had
 * @param propensityNew share of the new version of itself and its control; 0 or 1 when only one of them had any
 * @param score of the assigned version, in [0, 1]: 0 when it failed
 * @param shadowScore of the shadow, in [0, 1]; NaN without one
 * @param audited whether the label was asked for, by lot
 */
public record LabelledRow(
        long timeMillis,
        long nonce,
        long keyHash,
        int assigned,
        double share,
        double propensityNew,
        double score,
        double shadowScore,
        boolean audited) {
    public LabelledRow {
        Check.that(score >= 0 && score <= 1, "score", score, "a number in [0, 1]");
        boolean paired = shadowScore >= 0 && shadowScore <= 1;
        Check.that(paired || Double.isNaN(shadowScore), "shadowScore", shadowScore, "a number in [0, 1], or NaN");
    }

    /** A prediction of live traffic. */
    public static LabelledRow live(
            long timeMillis,
            long nonce,
            long keyHash,
            int assigned,
            double share,
            double propensityNew,
            double score,
            boolean audited) {
        return new LabelledRow(timeMillis, nonce, keyHash, assigned, share, propensityNew, score, Double.NaN, audited);
    }

    /** A prediction of the champion, of which the shadow had a copy. */
    public static LabelledRow pair(
            long timeMillis,
            long nonce,
            long keyHash,
            int champion,
            double championScore,
            double shadowScore,
            boolean audited) {
        return new LabelledRow(timeMillis, nonce, keyHash, champion, 1, 0, championScore, shadowScore, audited);
    }

    /** Whether the shadow answered too. */
    public boolean hasShadow() {
        return !Double.isNaN(shadowScore);
    }
}
