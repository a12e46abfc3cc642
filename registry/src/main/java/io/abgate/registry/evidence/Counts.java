package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * What a version's labels add up to.
 *
 * @param scoreSum sum of the scores, each in [0, 1]
 * @param labels how many there are
 */
public record Counts(double scoreSum, long labels) {
    /** No label yet. */
    public static final Counts NONE = new Counts(0, 0);

    public Counts {
        Check.that(labels >= 0, "labels", labels, "a number from 0");
        Check.that(scoreSum >= 0 && scoreSum <= labels, "scoreSum", scoreSum, "0 to " + labels);
    }

    /** These counts and one more score. */
    public Counts plus(double score) {
        Bounds.score(score);
        return new Counts(scoreSum + score, labels + 1);
    }

    /** These counts and others. */
    public Counts plus(Counts more) {
        return new Counts(scoreSum + more.scoreSum, labels + more.labels);
    }

    /** These counts without a part of them. */
    public Counts minus(Counts part) {
        long rest = labels - part.labels;
        return new Counts(
                Math.max(0, Math.min((double) rest, scoreSum - part.scoreSum)), rest); // sums of fractions are rounded
    }

    /** Mean score, NaN when there are no labels. */
    public double accuracy() {
        return labels == 0 ? Double.NaN : scoreSum / labels;
    }

    /** Where the mean score lies, at every moment at once, but for a chance of {@code alpha}. */
    public Interval interval(double alpha) {
        return RobbinsInterval.of(scoreSum, labels, alpha);
    }
}
