package io.abgate.loadtest.comparison;

import java.util.Locale;

/** What versions are compared by. */
public enum Metric {
    P50(0.50),
    P95(0.95),
    P99(0.99),
    ACCURACY(0),
    ERRORS(0);

    private final double quantile;

    Metric(double quantile) {
        this.quantile = quantile;
    }

    /** Whether it is a quantile of latency, in milliseconds; else a share of requests. */
    public boolean isLatency() {
        return quantile > 0;
    }

    double quantile() {
        return quantile;
    }

    /** Whether a larger figure is a better one. */
    public boolean moreIsBetter() {
        return this == ACCURACY;
    }

    /** In lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
