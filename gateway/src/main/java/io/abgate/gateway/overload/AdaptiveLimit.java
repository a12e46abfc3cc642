package io.abgate.gateway.overload;

import java.util.concurrent.TimeUnit;

/**
 * How many requests may wait for other threads or nodes at a time: one more with each that comes back soon while the
 * limit is in use, a tenth less with each that comes back late when none has come back soon for a while (additive
 * increase, multiplicative decrease: Chiu and Jain, Computer Networks 17, 1989; the form is that of Netflix's
 * concurrency-limits). Late is what takes several times as long as the quickest, which is forgotten slowly, and longer
 * than a turn of the loop may. Times are nanoseconds of a monotonic clock; for one event loop's thread.
 */
public final class AdaptiveLimit {
    private static final double DECREASE = 0.9;
    private static final int LEAST = 16;
    private static final long TOLERANCE = 3;
    /** With each answer the quickest is taken for slower by one part in so many. */
    private static final long FORGETTING = 1 << 17;

    private final int most;
    private final long soonNanos;
    private final long patienceNanos;
    private double limit;
    private int inFlight;
    private long quickestNanos = TimeUnit.HOURS.toNanos(1);
    private long lateSinceNanos;
    private boolean isLate;

    /** Begins with the most. */
    public AdaptiveLimit(Overload overload) {
        most = overload.inFlight();
        limit = most;
        soonNanos = TimeUnit.MILLISECONDS.toNanos(overload.turnMillis());
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(overload.forMillis());
    }

    /** Takes a place, which is to be given back; says whether there was one. */
    public boolean acquire() {
        if (inFlight >= current()) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Gives back a place that was held for so long. */
    public void release(long heldNanos, long nowNanos) {
        boolean inUse = 2 * inFlight >= current();
        inFlight--;
        boolean wasLate = isLate;
        isLate = heldNanos > soonNanos && heldNanos / TOLERANCE > quickestNanos;
        quickestNanos = Math.min(heldNanos, quickestNanos + quickestNanos / FORGETTING);
        if (!isLate) {
            limit = inUse ? Math.min(most, limit + 1) : limit;
        } else if (!wasLate) {
            lateSinceNanos = nowNanos;
        } else if (nowNanos - lateSinceNanos > patienceNanos) {
            limit = Math.max(Math.min(LEAST, most), limit * DECREASE);
        }
    }

    /** How many there may be now. */
    public int current() {
        return (int) limit;
    }
}
