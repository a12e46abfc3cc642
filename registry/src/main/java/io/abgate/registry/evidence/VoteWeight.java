package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * How much the vote of a member of an ensemble weighs, by how right it is: the logarithm of its odds against guessing.
 *
 * <p>Nitzan and Paroush, "Optimal decision rules in uncertain dichotomous choice situations", International Economic
 * Review 23, 1982: of independent members that are right with probability p each, the majority weighted by
 * ln(p / (1 − p)) is right most often. With K labels the term ln(K − 1) is added (Zhu, Zou, Rosset and Hastie,
 * "Multi-class AdaBoost", Statistics and Its Interface 2, 2009), so that guessing, p = 1/K, weighs nothing:
 *
 * <pre>w = max(0, ln((K − 1) (S + 1) / (F + K − 1)))</pre>
 *
 * <p>with p estimated by (S + 1) / (S + F + K): the mean of a belief that starts at guessing. Members that err together,
 * as versions of one model do, make the weighted majority less than optimal, but no weight wrong in sign. Computed with
 * {@link StrictMath}, so that everybody who computes it again has the same bits.
 */
public final class VoteWeight {
    private VoteWeight() {}

    /**
     * The weight, from 0.
     *
     * @param right sum of the scores, from 0
     * @param wrong what is missing to 1 in each, summed, from 0
     * @param labels K, from 2
     */
    public static double of(double right, double wrong, int labels) {
        Check.that(right >= 0 && Double.isFinite(right), "right", right, "a finite number from 0");
        Check.that(wrong >= 0 && Double.isFinite(wrong), "wrong", wrong, "a finite number from 0");
        Check.that(labels >= 2, "labels", labels, "a number from 2");
        return Math.max(0, StrictMath.log((labels - 1) * (right + 1) / (wrong + labels - 1)));
    }

    /** The estimate of p that the weight rests on. */
    public static double accuracy(double right, double wrong, int labels) {
        return (right + 1) / (right + wrong + labels);
    }
}
