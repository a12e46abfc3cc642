package io.abgate.loadtest.statistics;

import io.abgate.registry.evidence.Interval;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * A quantile and a distribution-free interval for it between two order statistics.
 *
 * <p>The number of n independent values that are at most the p-quantile is binomial, so it lies between the values of
 * ranks l and u with probability at least P(l ≤ B &lt; u) (David and Nagaraja, "Order Statistics", 2003, §7.1). Latencies
 * are not independent; n is divided by the {@link DesignEffect} of the share below the quantile, and the ranks are
 * scaled back (Deng, Knoblich and Lu, KDD 2018, §4.2). Where n is too small for a rank the interval is open: 0 below,
 * infinite above.
 */
public record Quantile(double value, Interval interval) {
    /** As 0.999 · 1000 may come out above 999. */
    private static final double ROUNDING = 1e-9;

    private static final Interval UNKNOWN = new Interval(0, Double.POSITIVE_INFINITY);

    /**
     * The p-quantile.
     *
     * @param p in (0, 1)
     * @param alpha chance in (0, 1) that the interval misses it
     */
    public static Quantile of(Latencies latencies, double p, double alpha) {
        return of(latencies, p, alpha, effect(latencies, p, alpha));
    }

    /** How much latencies of one stretch hang together around the p-quantile. */
    static double effect(Latencies latencies, double p, double alpha) {
        return DesignEffect.of(latencies.residuals(p), latencies.stretches(), alpha);
    }

    /** The p-quantile where the design effect is known. */
    static Quantile of(Latencies latencies, double p, double alpha, double effect) {
        double value = latencies.quantile(p);
        if (Double.isNaN(value)) {
            return new Quantile(Double.NaN, UNKNOWN);
        }
        int count = latencies.count();
        int effective = Math.max(1, (int) (count / effect));
        BinomialDistribution below = BinomialDistribution.of(effective, p);
        int low = lowRank(below, alpha);
        int high = highRank(below, alpha);
        double scale = (count + 1.0) / (effective + 1.0);
        double lower = low == 0 ? 0 : latencies.ranked((int) Math.floor(low * scale));
        double upper = high > effective ? Double.POSITIVE_INFINITY : latencies.ranked((int) Math.ceil(high * scale));
        return new Quantile(value, new Interval(Math.min(lower, value), Math.max(upper, value)));
    }

    /** How many of so many values the p-quantile is not below; a rank from 1. */
    public static long rank(long count, double p) {
        return (long) Math.ceil(p * count - ROUNDING);
    }

    /** The smallest of these ascending values that at least a share of {@code p} does not exceed; NaN without any. */
    public static double nearestRank(double[] sorted, double p) {
        return sorted.length == 0 ? Double.NaN : ranked(sorted, (int) rank(sorted.length, p));
    }

    /** The value of this rank, counted from 1 and brought into range. */
    static double ranked(double[] sorted, int rank) {
        return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
    }

    /** The largest l with P(B ≤ l − 1) ≤ α / 2; 0 when there is none. */
    static int lowRank(BinomialDistribution below, double alpha) {
        int rank = below.inverseCumulativeProbability(alpha / 2);
        return below.cumulativeProbability(rank) <= alpha / 2 ? rank + 1 : rank;
    }

    /** The smallest u with P(B ≤ u − 1) ≥ 1 − α / 2; above n when there is none. */
    static int highRank(BinomialDistribution below, double alpha) {
        return below.inverseCumulativeProbability(1 - alpha / 2) + 1;
    }
}
