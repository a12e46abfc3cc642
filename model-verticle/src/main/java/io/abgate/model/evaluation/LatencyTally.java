package io.abgate.model.evaluation;

import io.abgate.registry.domain.Measurement.Latency;
import java.util.Arrays;

/** Times of answered rows: every one is kept, as an evaluation has few. */
final class LatencyTally {
    private long[] nanos = new long[64];
    private int count;

    void add(long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
    }

    Latency latency() {
        return Latency.ofNanos(Arrays.copyOf(nanos, count));
    }
}
