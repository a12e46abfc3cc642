package io.abgate.loadtest.comparison;

/**
 * The smallest differences that matter.
 *
 * @param latencyShare of the baseline's latency
 * @param latencyMillis at least, however fast the baseline is
 * @param accuracy in points of 1
 * @param errors in points of 1
 */
public record Margins(double latencyShare, double latencyMillis, double accuracy, double errors) {

    /** Of a metric, where the baseline has this value. */
    double of(Metric metric, double baseline) {
        return switch (metric) {
            case P50, P95, P99 -> Math.max(latencyMillis, Double.isNaN(baseline) ? 0 : latencyShare * baseline);
            case ACCURACY -> accuracy;
            case ERRORS -> errors;
        };
    }
}
