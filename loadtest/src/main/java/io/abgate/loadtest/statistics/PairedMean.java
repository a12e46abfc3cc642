package io.abgate.loadtest.statistics;

import io.abgate.registry.evidence.Interval;

/**
 * The mean difference of two versions over the same units.
 *
 * <p>Adjusted Wald interval for paired proportions (Bonett and Price, Journal of Educational and Behavioral Statistics
 * 37(4), 2012): one unit that speaks for each side is added before mean and variance are taken, so that the interval is
 * not a point when no unit tells the versions apart. Units are what differs by chance: rows, not repeats of a row.
 */
final class PairedMean {
    private PairedMean() {}

    static double mean(double[] differences) {
        double sum = 0;
        for (double difference : differences) {
            sum += difference;
        }
        return differences.length == 0 ? Double.NaN : sum / differences.length;
    }

    static Interval interval(double[] differences, int[] clusters, double alpha) {
        int units = differences.length;
        if (units == 0) {
            return new Interval(-1, 1);
        }
        double mean = mean(differences);
        double squares = 2;
        double[] residuals = new double[units];
        for (int i = 0; i < units; i++) {
            squares += differences[i] * differences[i];
            residuals[i] = differences[i] - mean;
        }
        double adjusted = mean * units / (units + 2.0);
        double variance = (squares / (units + 2.0) - adjusted * adjusted) / (units + 2.0);
        double half = Critical.normal(alpha) * Math.sqrt(variance * DesignEffect.of(residuals, clusters, alpha));
        return new Interval(
                Math.max(-1, Math.min(mean, adjusted - half)), Math.min(1, Math.max(mean, adjusted + half)));
    }
}
