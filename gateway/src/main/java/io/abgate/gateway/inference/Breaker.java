package io.abgate.gateway.inference;

import java.util.concurrent.TimeUnit;

/**
 * Keeps requests away from a replica that keeps failing: opens after {@link #FAILURES} failures in a row, and lets one
 * request through each {@link #OPEN_NANOS} to see. Time is given in nanoseconds of a monotonic clock.
 */
final class Breaker {
    static final int FAILURES = 5;
    static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private int failuresInRow;
    private long triedNanos;

    /** Whether a request may go to the replica; if it is open, the one that asks is the one that sees. */
    boolean admits(long nowNanos) {
        if (failuresInRow < FAILURES) {
            return true;
        }
        if (nowNanos - triedNanos < OPEN_NANOS) {
            return false;
        }
        triedNanos = nowNanos;
        return true;
    }

    void succeeded() {
        failuresInRow = 0;
    }

    void failed(long nowNanos) {
        failuresInRow++;
        triedNanos = nowNanos;
    }

    /** Whether to forget it changes nothing, or nobody has tried the replica for a minute: it has left the tables. */
    boolean isForgotten(long nowNanos) {
        return failuresInRow == 0 || nowNanos - triedNanos > KEPT_NANOS;
    }
}
