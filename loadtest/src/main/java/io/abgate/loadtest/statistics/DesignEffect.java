package io.abgate.loadtest.statistics;

import java.util.Arrays;

/**
 * By how much observations that hang together say less than as many independent ones: the variance of their mean over
 * what it would be if they were independent, at least 1.
 *
 * <p>Requests of the same moment share a garbage collection, requests of the same row share an answer. With influences
 * e_i (residuals), summed within clusters, the ratio is m / (m − 1) Σ_c (Σ_{i in c} e_i)² / Σ e_i² (Kish, "Survey
 * Sampling", 1965, §8.2; for quantiles of latencies Deng, Knoblich and Lu, "Applying the Delta Method in Metric
 * Analytics", KDD 2018, §4). As m clusters only estimate it, normal critical values would be too small: the ratio is
 * multiplied by the squared ratio of Student's to the normal one.
 */
public final class DesignEffect {
    private DesignEffect() {}

    /**
     * The design effect of a mean.
     *
     * @param residuals each observation's part in the error of the mean
     * @param clusters number of the cluster of each observation, from 0
     * @param alpha of the two-sided interval that it is for
     */
    public static double of(double[] residuals, int[] clusters, double alpha) {
        double[] sums = sums(residuals, clusters);
        long filled = Arrays.stream(clusters).distinct().count();
        double independent = 0;
        for (double residual : residuals) {
            independent += residual * residual;
        }
        if (independent == 0 || filled < 2) {
            return 1;
        }
        double clustered = 0;
        for (double sum : sums) {
            clustered += sum * sum;
        }
        double few = Critical.student(filled - 1.0, alpha) / Critical.normal(alpha);
        return Math.max(1, filled / (filled - 1.0) * clustered / independent * few * few);
    }

    /**
     * The correlation within clusters that a design effect speaks of: effect = 1 + (size − 1) correlation, with the mean
     * size of the cluster that an observation is in (Kish, §5.4).
     */
    static double correlation(double effect, int[] clusters) {
        double others = size(clusters) - 1;
        return others > 0 ? (effect - 1) / others : 0;
    }

    /** The design effect of such a correlation within these clusters. */
    static double ofCorrelation(double correlation, int[] clusters) {
        return 1 + correlation * Math.max(0, size(clusters) - 1);
    }

    private static double size(int[] clusters) {
        double[] ones = new double[clusters.length];
        Arrays.fill(ones, 1);
        return Arrays.stream(sums(ones, clusters)).map(size -> size * size).sum() / Math.max(1, clusters.length);
    }

    /** Sum of the residuals of each cluster. */
    static double[] sums(double[] residuals, int[] clusters) {
        double[] sums = new double[Arrays.stream(clusters).max().orElse(-1) + 1];
        for (int i = 0; i < residuals.length; i++) {
            sums[clusters[i]] += residuals[i];
        }
        return sums;
    }
}
