package io.abgate.loadtest.statistics;

import io.abgate.registry.evidence.Interval;

/**
 * By how much a quantile of one version's latencies is above another's.
 *
 * <p>The interval recovers variances from the two intervals (MOVER: Zou and Donner, Statistics in Medicine 27, 2008):
 * lower end d − √((q₂ − l₂)² + (u₁ − q₁)² − 2 ρ (q₂ − l₂)(u₁ − q₁)), the upper one likewise. Both versions met the same
 * weather, so ρ is the correlation of their shares below the quantile over the stretches of time; as it is estimated,
 * its lower 95 % bound by Fisher's z is taken, and 0 when that is negative. A lower ρ only widens the interval.
 *
 * <p>Where versions are alike, which is what better and worse are held against, slow stretches are as likely with the one
 * as with the other, so the version that happened to meet none must not be believed to have none: latencies of a stretch
 * hang together, with both, as much as with the one that shows more of it. A variance under the null hypothesis, as in
 * the score test of two proportions (Farrington and Manning, Statistics in Medicine 9, 1990), but the larger of two
 * rather than their mean, because an estimate from a handful of slow stretches is too small more often than too large.
 */
final class QuantileDifference {
    private static final double ONE_SIDED = 1.6448536269514722;
    private static final int LEAST_STRETCHES = 5;

    private QuantileDifference() {}

    static Interval interval(Latencies first, Latencies second, double p, double alpha) {
        double within = Math.max(within(first, p, alpha), within(second, p, alpha));
        Quantile one = quantile(first, p, alpha, within);
        Quantile two = quantile(second, p, alpha, within);
        double difference = two.value() - one.value();
        if (Double.isNaN(difference)) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double correlation = correlation(first, second, p);
        double down = distance(below(two), above(one), correlation);
        double up = distance(above(two), below(one), correlation);
        return new Interval(difference - down, difference + up);
    }

    /** The correlation of latencies within a stretch, as one version shows it. */
    private static double within(Latencies latencies, double p, double alpha) {
        return DesignEffect.correlation(Quantile.effect(latencies, p, alpha), latencies.stretches());
    }

    private static Quantile quantile(Latencies latencies, double p, double alpha, double within) {
        double effect = DesignEffect.ofCorrelation(within, latencies.stretches());
        return Quantile.of(latencies, p, alpha, effect);
    }

    // a quantile without a lower rank may be anything from nothing on, which is finite: no claim may hang on that
    private static double below(Quantile quantile) {
        double lower = quantile.interval().lower();
        return lower == 0 && quantile.value() > 0 ? Double.POSITIVE_INFINITY : quantile.value() - lower;
    }

    private static double above(Quantile quantile) {
        return quantile.interval().upper() - quantile.value();
    }

    private static double distance(double a, double b, double correlation) {
        return Double.isInfinite(a) || Double.isInfinite(b)
                ? Double.POSITIVE_INFINITY
                : Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
    }

    private static double correlation(Latencies first, Latencies second, double p) {
        double[] a = DesignEffect.sums(first.residuals(p), first.stretches());
        double[] b = DesignEffect.sums(second.residuals(p), second.stretches());
        int stretches = Math.min(a.length, b.length);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < stretches; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        if (stretches < LEAST_STRETCHES || aa == 0 || bb == 0) {
            return 0;
        }
        double r = Math.max(-0.999, Math.min(0.999, ab / Math.sqrt(aa * bb)));
        double z = 0.5 * Math.log((1 + r) / (1 - r)) - ONE_SIDED / Math.sqrt(stretches - 3.0);
        return Math.max(0, Math.tanh(z));
    }
}
