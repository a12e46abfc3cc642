package io.abgate.loadtest.statistics;

import java.util.Arrays;

/**
 * Latencies of one version in milliseconds, and in which stretch of time each was measured. A request that was never
 * answered is infinite: it waited longer than all others, and a quantile that falls among such requests is unknown.
 */
public final class Latencies {
    private final double[] millis;
    private final int[] stretches;
    private final double[] sorted;

    /**
     * Latencies in any order.
     *
     * @param stretches of time, numbered from 0: latencies of two of them are taken as independent
     */
    public Latencies(double[] millis, int[] stretches) {
        this.millis = millis.clone();
        this.stretches = stretches.clone();
        this.sorted = millis.clone();
        Arrays.sort(sorted);
    }

    public int count() {
        return sorted.length;
    }

    /** These latencies and those. */
    public Latencies and(Latencies others) {
        double[] all = Arrays.copyOf(millis, millis.length + others.millis.length);
        int[] when = Arrays.copyOf(stretches, all.length);
        System.arraycopy(others.millis, 0, all, millis.length, others.millis.length);
        System.arraycopy(others.stretches, 0, when, stretches.length, others.stretches.length);
        return new Latencies(all, when);
    }

    /** The smallest latency that at least a share of {@code p} does not exceed; NaN when it is unknown. */
    public double quantile(double p) {
        double quantile = Quantile.nearestRank(sorted, p);
        return Double.isFinite(quantile) ? quantile : Double.NaN;
    }

    /** The latency of this rank, counted from 1 and brought into range. */
    double ranked(int rank) {
        return Quantile.ranked(sorted, rank);
    }

    /** 1 − p where a latency is at most the quantile, else −p: the residuals of the share below it. */
    double[] residuals(double p) {
        double quantile = quantile(p);
        double[] residuals = new double[millis.length];
        double mean = 0;
        for (int i = 0; i < millis.length; i++) {
            residuals[i] = millis[i] <= quantile ? 1 : 0;
            mean += residuals[i] / millis.length;
        }
        for (int i = 0; i < millis.length; i++) {
            residuals[i] -= mean;
        }
        return residuals;
    }

    /** In the order in which they came. */
    double[] millis() {
        return millis;
    }

    /** The stretch of each residual. */
    int[] stretches() {
        return stretches;
    }
}
