package io.abgate.loadtest.traffic;

/**
 * How a run goes.
 *
 * @param elapsedNanos from the start of the warm-up
 * @param totalNanos of warm-up and measurement
 * @param isWarmUp whether nothing is counted yet
 * @param p50Millis of the answers since the last status; NaN without any
 * @param p99Millis of the same
 */
public record Status(
        long elapsedNanos,
        long totalNanos,
        boolean isWarmUp,
        long sent,
        long failed,
        long missed,
        int inFlight,
        double p50Millis,
        double p99Millis) {}
