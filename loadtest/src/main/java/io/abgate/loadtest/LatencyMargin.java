package io.abgate.loadtest;

import java.time.Duration;

/**
 * The smallest difference of a latency that matters.
 *
 * @param share of the baseline's latency; 0 where a time was given
 * @param time 0 where a share was given
 */
record LatencyMargin(double share, Duration time) {
    private static final double LEAST_MILLIS = 0.1;
    private static final double NANOS_A_MILLI = 1e6;

    boolean isAboveZero() {
        return share > 0 || !time.isZero();
    }

    /** However fast the baseline is. */
    double leastMillis() {
        return share > 0 ? LEAST_MILLIS : time.toNanos() / NANOS_A_MILLI;
    }

    @Override
    public String toString() {
        return share > 0 ? new Share(share).toString() : leastMillis() + " ms";
    }
}
