package io.abgate.loadtest.statistics;

import io.abgate.registry.evidence.Interval;
import java.util.Arrays;

/**
 * The difference of the mean scores of two versions that answered different requests.
 *
 * <p>Adjusted Wald interval for two proportions (Agresti and Caffo, The American Statistician 54(4), 2000): a right and
 * a wrong answer are added to each version. Requests with the same row, or with the same routing key, hang together: the
 * variance is multiplied by the larger of the two {@link DesignEffect}s.
 */
final class GroupMeans {
    private GroupMeans() {}

    static Interval interval(Scores first, Scores second, double alpha) {
        if (first.count() == 0 || second.count() == 0) {
            return new Interval(-1, 1);
        }
        double difference = second.mean() - first.mean();
        double adjusted = adjusted(second) - adjusted(first);
        double variance = variance(first) + variance(second);
        double half = Critical.normal(alpha) * Math.sqrt(variance * effect(first, second, alpha));
        return new Interval(
                Math.max(-1, Math.min(difference, adjusted - half)),
                Math.min(1, Math.max(difference, adjusted + half)));
    }

    private static double adjusted(Scores scores) {
        return (scores.mean() * scores.count() + 1) / (scores.count() + 2.0);
    }

    private static double variance(Scores scores) {
        double mean = adjusted(scores);
        double squares = 1;
        for (double value : scores.values()) {
            squares += value * value;
        }
        return (squares / (scores.count() + 2.0) - mean * mean) / (scores.count() + 2.0);
    }

    private static double effect(Scores first, Scores second, double alpha) {
        double[] residuals = joined(residuals(first, -1), residuals(second, 1));
        int[] rows = joined(first.rows(), second.rows());
        if (Arrays.stream(residuals).allMatch(residual -> residual == 0)) {
            // nothing differs, so nothing shows how much repeats repeat each other: take them as perfect copies
            return residuals.length / (double) Arrays.stream(rows).distinct().count();
        }
        return Math.max(
                DesignEffect.of(residuals, rows, alpha),
                DesignEffect.of(residuals, joined(first.keys(), second.keys()), alpha));
    }

    /** Parts in the error of the difference of means. */
    private static double[] residuals(Scores scores, int sign) {
        double mean = scores.mean();
        return Arrays.stream(scores.values())
                .map(value -> sign * (value - mean) / scores.count())
                .toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
