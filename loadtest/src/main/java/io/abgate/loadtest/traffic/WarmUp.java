package io.abgate.loadtest.traffic;

import java.util.function.LongSupplier;

/**
 * Arrivals of a run with its warm-up: in the first half of that the rate grows evenly from 0, in the second half it is
 * what it will be. A cold server that gets everything at once first answers what piled up, for seconds.
 */
final class WarmUp implements LongSupplier {
    private static final double NANOS_A_SECOND = 1e9;

    private final double perSecond;
    private final double rampSeconds;
    private final long warmUpNanos;
    private final LongSupplier measured;
    private long count;

    /** For so long a warm-up; {@code measured} are the offsets of what follows it. */
    WarmUp(double perSecond, long warmUpNanos, LongSupplier measured) {
        this.perSecond = perSecond;
        this.rampSeconds = warmUpNanos / NANOS_A_SECOND / 2;
        this.warmUpNanos = warmUpNanos;
        this.measured = measured;
    }

    @Override
    public long getAsLong() {
        long offset = warmUpOffset(count);
        if (offset < warmUpNanos) {
            count++;
            return offset;
        }
        return warmUpNanos + measured.getAsLong();
    }

    /** When as many arrivals have been due as the area under the rate says. */
    private long warmUpOffset(long arrival) {
        double onRamp = perSecond * rampSeconds / 2;
        double seconds = arrival < onRamp
                ? rampSeconds * Math.sqrt(arrival / onRamp)
                : rampSeconds + (arrival - onRamp) / perSecond;
        return (long) (seconds * NANOS_A_SECOND);
    }
}
