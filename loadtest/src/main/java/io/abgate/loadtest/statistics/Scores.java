package io.abgate.loadtest.statistics;

/** Scores of one version's requests, in [0, 1], and what makes some of them hang together. */
public final class Scores {
    private final double[] values;
    private final int[] rows;
    private final int[] keys;

    /**
     * Scores in any order.
     *
     * @param rows number of the row that each request sent, from 0
     * @param keys number of the routing key of each request, from 0
     */
    public Scores(double[] values, int[] rows, int[] keys) {
        this.values = values.clone();
        this.rows = rows.clone();
        this.keys = keys.clone();
    }

    public int count() {
        return values.length;
    }

    /** NaN without a score. */
    public double mean() {
        return PairedMean.mean(values);
    }

    double[] values() {
        return values;
    }

    int[] rows() {
        return rows;
    }

    int[] keys() {
        return keys;
    }
}
