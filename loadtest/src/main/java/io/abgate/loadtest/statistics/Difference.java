package io.abgate.loadtest.statistics;

import io.abgate.registry.evidence.Interval;

/**
 * A candidate's figure minus the baseline's.
 *
 * @param estimate NaN when nothing was measured
 * @param interval holds it but for a chance of alpha
 * @param narrow holds it but for a chance of 2 alpha: the interval of two one-sided tests
 */
public record Difference(double estimate, Interval interval, Interval narrow) {

    /** Of the p-quantiles of latencies, in milliseconds. */
    public static Difference ofQuantiles(Latencies baseline, Latencies candidate, double p, double alpha) {
        return new Difference(
                candidate.quantile(p) - baseline.quantile(p),
                QuantileDifference.interval(baseline, candidate, p, alpha),
                QuantileDifference.interval(baseline, candidate, p, 2 * alpha));
    }

    /**
     * Of the p-quantiles of latencies where nobody knows whose some requests were: the intervals hold if all of them were
     * the baseline's, and if all were the candidate's (bounds of Manski, "Partial Identification of Probability
     * Distributions", 2003, §1).
     */
    public static Difference ofQuantiles(
            Latencies baseline, Latencies candidate, Latencies unclaimed, double p, double alpha) {
        Difference known = ofQuantiles(baseline, candidate, p, alpha);
        if (unclaimed.count() == 0) {
            return known;
        }
        Difference least = ofQuantiles(baseline.and(unclaimed), candidate, p, alpha);
        Difference most = ofQuantiles(baseline, candidate.and(unclaimed), p, alpha);
        return new Difference(
                known.estimate,
                new Interval(least.interval.lower(), most.interval.upper()),
                new Interval(least.narrow.lower(), most.narrow.upper()));
    }

    /**
     * Of two means over the same units.
     *
     * @param differences of each unit, in [-1, 1]
     * @param clusters of the units; numbered from 0
     */
    public static Difference ofPairs(double[] differences, int[] clusters, double alpha) {
        return new Difference(
                PairedMean.mean(differences),
                PairedMean.interval(differences, clusters, alpha),
                PairedMean.interval(differences, clusters, 2 * alpha));
    }

    /** Of the means of two groups. */
    public static Difference ofGroups(Scores baseline, Scores candidate, double alpha) {
        return new Difference(
                candidate.mean() - baseline.mean(),
                GroupMeans.interval(baseline, candidate, alpha),
                GroupMeans.interval(baseline, candidate, 2 * alpha));
    }
}
