package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Confidence sequence for a quantile of latencies that were recorded in a histogram, to be read at any time.
 *
 * <p>Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B testing and best-arm
 * identification", Bernoulli 28(3), 2022, arXiv:1906.09712. After t values, with l = (1.4 ln ln(2.1 t) + ln(10/α)) / t
 * and f(p) = 1.5 √(p (1 − p) l) + .8 l, the p-quantile lies between the values of rank ⌊t (p − f)⌋ + 1 and
 * ⌈t (p + f)⌉, at all t at once but for a chance of α.
 *
 * <p>Proof: a count of values below the quantile is a sum of centred coins, of which f is a time-uniform
 * sub-Bernoulli boundary, stitched over epochs. A histogram knows a value only up to its bucket; taking the lower edge
 * on the left and the upper edge on the right can only widen the interval.
 */
public final class QuantileInterval {
    private QuantileInterval() {}

    /**
     * Where the quantile lies, in the histogram's unit; the upper end is infinite while there are too few values.
     *
     * @param quantile in (0, 1), .99 for the 99th percentile
     * @param alpha probability in (0, 1) that the quantile is ever outside, over all readings together
     */
    public static Interval of(AbstractHistogram histogram, double quantile, double alpha) {
        Check.that(quantile > 0 && quantile < 1, "quantile", quantile, "a number in (0, 1)");
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        long count = histogram.getTotalCount();
        if (count == 0) {
            return new Interval(0, Double.POSITIVE_INFINITY);
        }
        double radius = radius(quantile, count, alpha);
        long lowest = (long) Math.floor(count * (quantile - radius)) + 1;
        double highest = Math.ceil(count * (quantile + radius));
        double lower = lowest < 1 ? 0 : histogram.lowestEquivalentValue(ranked(histogram, lowest));
        double upper = highest > count
                ? Double.POSITIVE_INFINITY
                : histogram.highestEquivalentValue(ranked(histogram, (long) highest));
        return new Interval(lower, upper);
    }

    /** f: how far in probability the ends are from the quantile. */
    static double radius(double quantile, long count, double alpha) {
        // below two values the iterated logarithm is no number yet: nothing is known
        double iterated = count < 2 ? Double.POSITIVE_INFINITY : StrictMath.log(StrictMath.log(2.1 * count));
        double scale = (1.4 * iterated + StrictMath.log(10 / alpha)) / count;
        return 1.5 * Math.sqrt(quantile * (1 - quantile) * scale) + .8 * scale;
    }

    /** A value in the bucket that holds the one of this rank, from 1. */
    private static long ranked(AbstractHistogram histogram, long rank) {
        for (HistogramIterationValue value : histogram.recordedValues()) {
            if (value.getTotalCountToThisValue() >= rank) {
                return value.getValueIteratedTo();
            }
        }
        return histogram.getMaxValue();
    }
}
