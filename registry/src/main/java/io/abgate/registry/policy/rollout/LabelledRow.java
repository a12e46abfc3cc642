package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;

/**
 * A labelled prediction that went through the split.
 *
 * @param timeMillis when it was predicted
 * @param nonce tells it from others of the same time
 * @param keyHash of its routing key in the running experiment; of a random number where there was no key
 * @param assigned version that the split chose
 * @param share that the assigned version had
 * @param propensityNew share of the new version of itself and its control; 0 or 1 when only one of them had any
 * @param score of the assigned version, in [0, 1]: 0 when it failed
 * @param promotes whether the label may speak for the version
 */
public record LabelledRow(
        long timeMillis,
        long nonce,
        long keyHash,
        int assigned,
        double share,
        double propensityNew,
        double score,
        boolean promotes) {
    public LabelledRow {
        Check.that(score >= 0 && score <= 1, "score", score, "a number in [0, 1]");
    }
}
