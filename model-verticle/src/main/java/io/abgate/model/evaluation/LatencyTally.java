package io.abgate.model.evaluation;

import io.abgate.registry.domain.Measurement.Latency;
import java.util.Arrays;

/** Times of answered rows: every one is kept, as an evaluation has few. */
final class LatencyTally {
    private static final double NANOS_PER_SECOND = 1e9;

    private long[] nanos = new long[64];
    private int count;

    void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    Latency latency() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN) / NANOS_PER_SECOND;
        return new Latency(mean, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest time within which such a part of the rows was answered. */
    private static double at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_SECOND;
    }
}
